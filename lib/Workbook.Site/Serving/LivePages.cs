using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Workbook.Site.Pages;
using Workbook.Site.Publishing;

namespace Workbook.Site.Serving;

/// <summary>Pages with the script that loads them anew, and the news that it listens to as server-sent events.</summary>
internal sealed class LivePages(string folder, PageNews news, CancellationToken stopping)
{
    private const string NewsPath = "/_live/news";
    private const string ScriptPath = "/_live/live.js";
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    /// <summary>The published files, and no others: neither what lies above the folder nor what begins with a point.</summary>
    internal IFileProvider Files { get; } = new SiteFiles(folder);

    internal async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "/";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else if (path == ScriptPath)
            await WriteAsync(context, "text/javascript", SiteAssets.LiveScript);
        else if (path == NewsPath)
            await TellAsync(context);
        else if (path == "/" || path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            await WritePageAsync(context, path == "/" ? "/index.html" : path);
        else
            await next(context);
    }

    private async Task WritePageAsync(HttpContext context, string path)
    {
        var page = await ReadAsync(path);
        var isWaiting = page is null && path == "/index.html";
        if (page is null && !isWaiting)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await WriteAsync(context, "text/plain", $"There is no page {path}.\n");
            return;
        }
        page ??= "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>Workbook</title></head>\n<body><p>The notebooks run for the first time; the site comes by itself.</p></body>\n</html>\n";
        var script = $"<script defer src=\"{ScriptPath}\" data-page=\"{WebUtility.HtmlEncode(path)}\" data-version=\"{(isWaiting ? "" : VersionOf(page))}\"></script>\n";
        var end = page.LastIndexOf("</body>", StringComparison.Ordinal);
        await WriteAsync(context, "text/html", end < 0 ? page + script : page.Insert(end, script));
    }

    /// <summary>Tells which version of the page there is, at once and whenever the site is published, until the page is closed.</summary>
    private async Task TellAsync(HttpContext context)
    {
        var path = context.Request.Query["page"].ToString();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            while (true)
            {
                var next = news.Next;
                var page = await ReadAsync(path);
                var state = JsonSerializer.Serialize(new { version = page is null ? "" : VersionOf(page), notice = news.Notice ?? "" });
                await context.Response.WriteAsync($"event: state\ndata: {state}\n\n", ends.Token);
                await context.Response.Body.FlushAsync(ends.Token);
                while (await Task.WhenAny(next, Task.Delay(SignOfLife, ends.Token)) != next)
                {
                    // A write is how a server learns that nobody listens.
                    await context.Response.WriteAsync(":\n\n", ends.Token);
                    await context.Response.Body.FlushAsync(ends.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the server ends.
        }
    }

    /// <summary>A page's text; null when there is none. While a site takes another's place there may be none for a moment.</summary>
    private async Task<string?> ReadAsync(string path)
    {
        try
        {
            if (Files.GetFileInfo(path) is not { Exists: true, IsDirectory: false } file)
                return null;
            using var reader = new StreamReader(file.CreateReadStream(), Encoding.UTF8);
            return await reader.ReadToEndAsync(stopping);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string VersionOf(string page) => NotebookKeys.Hash(page)[..16];

    private static async Task WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync(text);
    }

    /// <summary>The folder is replaced with each render and need not be there yet, so it is looked up anew for each file.</summary>
    private sealed class SiteFiles(string folder) : IFileProvider
    {
        public IFileInfo GetFileInfo(string subpath)
        {
            if (!Directory.Exists(folder))
                return new NotFoundFileInfo(subpath);
            using var files = new PhysicalFileProvider(folder);
            return files.GetFileInfo(subpath);
        }

        public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

        public Microsoft.Extensions.Primitives.IChangeToken Watch(string filter) => NullChangeToken.Singleton;
    }
}
