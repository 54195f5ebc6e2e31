namespace Workbook.Site.Running.Host;

internal static class HostProgram
{
    private static int Main(string[] args) { Console.WriteLine(args.Length); return 0; }
}
