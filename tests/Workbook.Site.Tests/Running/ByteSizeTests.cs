using Workbook.Site.Running;
using Xunit;

namespace Workbook.Site.Tests.Running;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("512M", 512L << 20)]
    [InlineData(" 1.5 GiB ", 3L << 29)]
    [InlineData("4096kb", 4L << 20)]
    [InlineData("1T", 1L << 40)]
    public void Amounts_are_read_as_people_write_them(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("M")]
    [InlineData("-1G")]
    [InlineData("1,5G")]
    [InlineData("4")]
    [InlineData("4 apples")]
    [InlineData("999999999999999T")]
    [InlineData("٣G")]
    public void What_is_no_amount_is_none(string text) => Assert.Null(ByteSize.Parse(text));
}
