using System.CommandLine;

var root = new RootCommand("Runs and publishes the workbook for MIT 6.824.");
return root.Parse(args).Invoke();
