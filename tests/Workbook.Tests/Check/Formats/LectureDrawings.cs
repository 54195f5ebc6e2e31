namespace Workbook.Tests.Check.Formats;

/// <summary>The example histories of lecture 7, in the columns in which the notes draw them.</summary>
internal static class LectureDrawings
{
    public const string History1 = """
          |-Wx1-| |-Wx2-|
            |---Rx2---|
              |-Rx1-|
        """;

    public const string History2 = """
          |-Wx1-| |-Wx2-|
            |--Rx2--|
                      |-Rx1-|
        """;

    public const string History3 = """
        |--Wx0--|  |--Wx1--|
                    |--Wx2--|
                |-Rx2-| |-Rx1-|
        """;

    public const string History4 = """
        |--Wx0--|  |--Wx1--|
                    |--Wx2--|
        C1:     |-Rx2-| |-Rx1-|
        C2:     |-Rx1-| |-Rx2-|
        """;

    public const string History5 = """
        |-Wx1-|
                |-Wx2-|
                        |-Rx1-|
        """;

    public const string History6 = """
        C1: |-Wx3-|          |-Wx4-|
        C2:          |-Rx3-------------|
        """;

    /// <summary>The same question with a duplicate table in the server.</summary>
    public const string DuplicateTable = """
        C1: |-Wx10-|          |-Wx20-|
        C2:          |-Rx10-------------|
        """;
}
