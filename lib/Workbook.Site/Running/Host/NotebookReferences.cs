using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Workbook.Site.Running.Packages;

namespace Workbook.Site.Running.Host;

/// <summary>What <c>#r</c> means in a notebook: a path is taken from the notebook's folder, a package from those restored for the cell.</summary>
internal sealed class NotebookReferences : MetadataReferenceResolver
{
    private readonly ScriptMetadataResolver _files;
    private readonly HashSet<string> _packages = [];
    private readonly List<string> _nativeFolders = [];
    private readonly Dictionary<string, string> _restored = new(StringComparer.OrdinalIgnoreCase);
    private readonly InteractiveAssemblyLoader _loader;

    /// <param name="folder">The notebook's folder.</param>
    /// <param name="loader">What loads the assemblies that cells name.</param>
    internal NotebookReferences(string folder, InteractiveAssemblyLoader loader)
    {
        _files = ScriptMetadataResolver.Default.WithBaseDirectory(folder);
        _loader = loader;
        AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => FindRestored(new AssemblyName(wanted.Name));
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => FindNativesFor(loaded.LoadedAssembly);
    }

    public override bool ResolveMissingAssemblies => _files.ResolveMissingAssemblies;

    internal ScriptOptions Add(RestoredPackages packages, ScriptOptions options)
    {
        _packages.UnionWith(packages.Directives);
        _nativeFolders.AddRange(packages.NativeFolders);
        foreach (var path in packages.Assemblies)
            _restored[Path.GetFileNameWithoutExtension(path)] = path;
        return options.AddReferences(packages.Assemblies.Select(path => MetadataReference.CreateFromFile(path)));
    }

    /// <summary>
    /// Why restored packages can't be used, or null. A package may hold anything, and one file that is no library would spoil every later cell.
    /// </summary>
    internal static string? Unusable(RestoredPackages packages)
    {
        foreach (var path in packages.Assemblies)
        {
            try
            {
                AssemblyName.GetAssemblyName(path);
            }
            catch (Exception error) when (error is BadImageFormatException or IOException or UnauthorizedAccessException)
            {
                return $"{string.Join(", ", packages.Directives.Select(text => PackageDirective.Parse(text)?.ToString() ?? text))} was restored, "
                    + $"but {Path.GetFileName(path)} in it is not a .NET library that can be loaded.";
            }
        }
        return null;
    }

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        // The packages' assemblies are among the options' references already; the directive itself only has to name something.
        _packages.Contains(reference)
            ? [MetadataReference.CreateFromFile(typeof(object).Assembly.Location, properties)]
            : _files.ResolveReference(reference, NotebookSources.FileOrNull(baseFilePath), properties);

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        _files.ResolveMissingAssembly(definition, referenceIdentity);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>
    /// A package was built against one version of another, and a newer one was restored. The loader of scripts wants the very version
    /// when names are strong; a program, and .NET Interactive, take the newer one.
    /// </summary>
    private Assembly? FindRestored(AssemblyName wanted)
    {
        if (wanted.Name is not { } name || !_restored.TryGetValue(name, out var path) || AssemblyName.GetAssemblyName(path).Version < wanted.Version)
            return null;
        var assembly = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(loaded => !loaded.IsDynamic && loaded.Location == path)
            ?? AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        _loader.RegisterDependency(assembly);
        return assembly;
    }

    /// <summary>Packages keep native libraries apart from the assemblies that call them, where the loader does not look.</summary>
    private void FindNativesFor(Assembly assembly)
    {
        if (AssemblyLoadContext.GetLoadContext(assembly) is { } context && context != AssemblyLoadContext.Default)
        {
            context.ResolvingUnmanagedDll -= FindNative;
            context.ResolvingUnmanagedDll += FindNative;
        }
    }

    private nint FindNative(Assembly assembly, string name)
    {
        string[] forms = [name, $"{name}.dll", $"lib{name}.so", $"{name}.so", $"lib{name}.dylib", $"{name}.dylib"];
        foreach (var path in _nativeFolders.SelectMany(folder => forms.Select(form => Path.Combine(folder, form))))
        {
            if (File.Exists(path) && NativeLibrary.TryLoad(path, out var handle))
                return handle;
        }
        return 0;
    }
}
