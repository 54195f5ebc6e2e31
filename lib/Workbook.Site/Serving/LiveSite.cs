using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workbook.Site.Publishing;

namespace Workbook.Site.Serving;

/// <summary>The published folder over HTTP on 127.0.0.1; its pages get a script that loads them anew, which the published files do not have.</summary>
internal sealed class LiveSite(string folder, PageNews news) : IAsyncDisposable
{
    /// <summary>Ports that are tried when none is asked for.</summary>
    private const int PortsTried = 20;

    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "[::1]"];

    private WebApplication? _app;

    internal Uri Address => new(_app?.Urls.FirstOrDefault() ?? throw new InvalidOperationException("The server has not been started."));

    /// <exception cref="SiteException">The port can't be had.</exception>
    internal async Task StartAsync(int? port, CancellationToken cancellationToken)
    {
        for (var tried = port ?? ServeOptions.DefaultPort; ; tried++)
        {
            var app = Create(tried);
            try
            {
                await app.StartAsync(cancellationToken);
                _app = app;
                return;
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                await app.DisposeAsync();
                if (port is not null)
                    throw new SiteException($"Port {tried} can't be had ({error.Message.TrimEnd('.')}); give another one with --port, or none.", error);
                if (tried == ServeOptions.DefaultPort + PortsTried)
                    throw new SiteException($"None of the ports {ServeOptions.DefaultPort} to {tried} is free; give one with --port.", error);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is null)
            return;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private WebApplication Create(int port)
    {
        // Nothing but a server: no settings from files or the environment, no log, no signals.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        var pages = new LivePages(folder, news, app.Lifetime.ApplicationStopping);
        app.Use(RefuseOtherNamesAsync);
        app.Use(pages.HandleAsync);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = pages.Files,
            ServeUnknownFileTypes = true,
            OnPrepareResponse = answer => answer.Context.Response.Headers.CacheControl = "no-cache",
        });
        return app;
    }

    /// <summary>A page from elsewhere that has its name lead to this machine must not read the site, so only this machine's own names are answered.</summary>
    private static async Task RefuseOtherNamesAsync(HttpContext context, RequestDelegate next)
    {
        if (OwnNames.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context.Response.WriteAsync($"This site is served to {string.Join(", ", OwnNames)} only.\n");
    }
}
