using Workbook.Site.Notebooks;

namespace Workbook.Site.Publishing;

/// <summary>
/// The folder a site is published in. A new site is built in a folder beside it and takes its place in one step, so
/// that at every moment there is a whole site: the old one or the new one. One render at a time may hold it.
/// </summary>
/// <remarks>Beside <c>site</c> stand, while a render goes on, <c>.site.lock</c>, <c>.site.new</c> and, where the file system
/// can't exchange two folders at once, <c>.site.old</c>. What a killed render left of them is cleared away by the next one.</remarks>
public sealed class SiteFolder : IDisposable
{
    /// <summary>The file that tells a site of ours from somebody's folder.</summary>
    public const string Marker = ".workbook-site";

    private readonly FileStream _lock;
    private readonly string _old;

    private SiteFolder(string path, string staging, string old, FileStream held) =>
        (Path, Staging, _old, _lock) = (path, staging, old, held);

    /// <summary>Full path of the published site.</summary>
    public string Path { get; }

    /// <summary>Full path of the folder that the new site is built in.</summary>
    public string Staging { get; }

    /// <summary>Whether a site is there already.</summary>
    public bool IsPublished => File.Exists(System.IO.Path.Combine(Path, Marker));

    /// <summary>Takes hold of a folder for a new site, and puts right what an interrupted render left.</summary>
    /// <param name="path">Where the site shall be; it may exist when it is empty or a site.</param>
    /// <exception cref="SiteException">It is held by another render, holds something else, or can't be written.</exception>
    public static SiteFolder Open(string path)
    {
        var full = Resolve(path);
        var parent = System.IO.Path.GetDirectoryName(full)
            ?? throw new SiteException($"{full} is the root of a disk; give --output a folder inside it.");
        var name = System.IO.Path.GetFileName(full);
        string Beside(string ending) => System.IO.Path.Combine(parent, $".{name}.{ending}");
        try
        {
            Directory.CreateDirectory(parent);
            var held = Hold(full, Beside("lock"));
            try
            {
                var folder = new SiteFolder(full, Beside("new"), Beside("old"), held);
                folder.Recover();
                return folder;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"{full} cannot be written ({Reason(error)}); make its folder writable or give another one with --output.", error);
        }
    }

    /// <summary>Where the new site holds a file of the repository.</summary>
    internal string CopyOf(string file) => System.IO.Path.Combine(Staging, System.IO.Path.GetFileName(file));

    /// <summary>Copies a notebook into the new site; one that can't be read, or is too large to be one, has a page that says so, and no copy.</summary>
    /// <exception cref="IOException">The copy can't be written.</exception>
    internal void Copy(string notebook)
    {
        try
        {
            File.WriteAllBytes(CopyOf(notebook), NotebookFile.ReadBytes(notebook));
        }
        catch (NotebookException)
        {
            // Whoever reads it next says why.
        }
    }

    /// <summary>Puts the new site in the old one's place.</summary>
    /// <exception cref="SiteException">The file system refused; the old site is still there.</exception>
    public void Publish()
    {
        try
        {
            if (!Directory.Exists(Path))
                Directory.Move(Staging, Path);
            else if (FolderExchange.TryExchange(Staging, Path))
                DeleteSite(Staging);
            else
                PublishInTwoSteps();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"The new site could not be put in place of {Path} ({Reason(error)}); the old one is kept.", error);
        }
    }

    /// <summary>Lets go of the folder; a new site that was not published is thrown away.</summary>
    public void Dispose()
    {
        try
        {
            DeleteSite(Staging);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SiteException)
        {
            // The next render clears it away, or says why it can't.
        }
        _lock.Dispose();
    }

    internal static string Reason(Exception error) => error.Message.TrimEnd('.', ' ');

    /// <summary>A link to a folder is followed: the folder is replaced, not the link.</summary>
    private static string Resolve(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return Directory.Exists(full) && new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? System.IO.Path.TrimEndingDirectorySeparator(target.FullName)
            : full;
    }

    private static FileStream Hold(string site, string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (File.Exists(file))
        {
            throw new SiteException($"Another render is writing {site}; wait until it has ended, then try again.", error);
        }
    }

    private void Recover()
    {
        if (File.Exists(Path))
            throw new SiteException($"{Path} is a file; give --output the name of a folder.");
        if (!Directory.Exists(Path) && File.Exists(System.IO.Path.Combine(_old, Marker)))
            Directory.Move(_old, Path);
        if (Directory.Exists(Path) && !IsPublished && Directory.EnumerateFileSystemEntries(Path).Any())
            throw new SiteException($"{Path} holds files that are not a workbook site and would be lost; give --output an empty or a new folder.");
        DeleteSite(_old);
        DeleteSite(Staging);
        Directory.CreateDirectory(Staging);
        File.WriteAllText(System.IO.Path.Combine(Staging, Marker), "This folder is made by `workbook render`, which replaces all of it.\n");
    }

    private void PublishInTwoSteps()
    {
        Directory.Move(Path, _old);
        try
        {
            Directory.Move(Staging, Path);
        }
        catch
        {
            Directory.Move(_old, Path);
            throw;
        }
        DeleteSite(_old);
    }

    private static void DeleteSite(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        if (!File.Exists(System.IO.Path.Combine(folder, Marker)) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new SiteException($"{folder} is in the way and not ours to delete; move it elsewhere, then try again.");

        // The marker goes last: a folder that is half deleted when the power fails can still be told for ours.
        var site = new DirectoryInfo(folder);
        foreach (var inner in site.EnumerateDirectories())
            inner.Delete(recursive: true);
        foreach (var file in site.EnumerateFiles().Where(file => file.Name != Marker))
            file.Delete();
        site.Delete(recursive: true);
    }
}
