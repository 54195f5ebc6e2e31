using System.Text.Json.Serialization;
using Workbook.Site.Notebooks;
using Workbook.Site.Pages;

namespace Workbook.Site.Publishing;

/// <summary>The JSON of the cache. Generated, because a render with nothing to do has no time for reflection.</summary>
[JsonSerializable(typeof(LectureCard))]
[JsonSerializable(typeof(LectureFacts))]
[JsonSerializable(typeof(string[][]))]
[JsonSerializable(typeof(NotebookRun))]
[JsonSerializable(typeof(Mention[]))]
[JsonSerializable(typeof(SearchRecord[]))]
internal sealed partial class CacheJson : JsonSerializerContext;
