using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Workbook.Site.Sources;

/// <summary>What the portable PDB beside a library says: in which source files a type is written, and where a method's code begins.</summary>
internal sealed class LibraryDocuments
{
    /// <summary>The compiler's list of files for types without a method of their own (portable PDB specification, TypeDefinitionDocuments).</summary>
    private static readonly Guid TypeDefinitionDocuments = new("932e74bc-dba9-4478-8d46-0f32a7bab3d3");

    private readonly Dictionary<EntityHandle, SortedSet<string>> _files = [];
    private readonly Dictionary<EntityHandle, (string File, int Line)> _bodies = [];

    private LibraryDocuments(MetadataReader library, MetadataReader pdb)
    {
        foreach (var handle in pdb.MethodDebugInformation)
        {
            var information = pdb.GetMethodDebugInformation(handle);
            if (information.SequencePointsBlob.IsNil)
                continue;
            var first = information.GetSequencePoints().FirstOrDefault(point => !point.IsHidden);
            if (first.Document.IsNil)
                continue;
            var file = Name(pdb, first.Document);
            var method = handle.ToDefinitionHandle();
            AddFile(library, library.GetMethodDefinition(method).GetDeclaringType(), file);

            // The code of an async method or an iterator stands in a class that the compiler made; the method itself only starts it.
            var kickoff = information.GetStateMachineKickoffMethod();
            _bodies.TryAdd(kickoff.IsNil ? method : kickoff, (file, first.StartLine));
        }
        foreach (var handle in pdb.CustomDebugInformation)
        {
            var information = pdb.GetCustomDebugInformation(handle);
            if (information.Parent.Kind != HandleKind.TypeDefinition || pdb.GetGuid(information.Kind) != TypeDefinitionDocuments)
                continue;
            var blob = pdb.GetBlobReader(information.Value);
            while (blob.RemainingBytes > 0)
                AddFile(library, (TypeDefinitionHandle)information.Parent, Name(pdb, MetadataTokens.DocumentHandle(blob.ReadCompressedInteger())));
        }
    }

    /// <summary>Reads the PDB beside a library; null when there is none, or it does not belong to it.</summary>
    public static LibraryDocuments? Read(string library)
    {
        var file = Path.ChangeExtension(library, ".pdb");
        if (!File.Exists(file))
            return null;
        try
        {
            using var image = new PEReader(File.OpenRead(library));
            using var pdb = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(file));
            var link = image.ReadDebugDirectory().FirstOrDefault(entry => entry.Type == DebugDirectoryEntryType.CodeView);
            var id = new BlobContentId(pdb.GetMetadataReader().DebugMetadataHeader!.Id);
            return link.DataSize > 0 && image.ReadCodeViewDebugDirectoryData(link).Guid == id.Guid
                ? new LibraryDocuments(image.GetMetadataReader(), pdb.GetMetadataReader())
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The files that a type, given by its token, is written in; the paths are those of the compiler.</summary>
    public IReadOnlyCollection<string> FilesOf(int typeToken) => _files.GetValueOrDefault(MetadataTokens.EntityHandle(typeToken)) ?? [];

    /// <summary>Where the code of a method, given by its token, begins; null when it has none of its own.</summary>
    public (string File, int Line)? BodyOf(int methodToken) =>
        _bodies.TryGetValue(MetadataTokens.EntityHandle(methodToken), out var body) ? body : null;

    /// <summary>A file belongs to a type and to those around it.</summary>
    private void AddFile(MetadataReader library, TypeDefinitionHandle type, string file)
    {
        for (; !type.IsNil; type = library.GetTypeDefinition(type).GetDeclaringType())
        {
            if (!_files.TryGetValue(type, out var files))
                _files[type] = files = new SortedSet<string>(StringComparer.Ordinal);
            files.Add(file);
        }
    }

    private static string Name(MetadataReader pdb, DocumentHandle document) => pdb.GetString(pdb.GetDocument(document).Name);
}
