using System.Globalization;
using System.Text;

namespace Workbook.Live;

/// <summary>A node's file names, which may be any text, as names that every file system takes and keeps apart.</summary>
/// <remarks>
/// Small letters, digits, <c>-</c>, <c>_</c> and inner dots stand for themselves; of all else, capitals included since
/// some file systems fold them, each byte of the UTF-8 is written <c>%4f</c>. A name that begins with a dot is thus never a node's.
/// </remarks>
internal static class FileNames
{
    /// <summary>Held by the node that uses the folder.</summary>
    public const string Lock = ".lock";

    /// <summary>Where a file is written before it takes the place of an older one.</summary>
    public const string Unfinished = ".unfinished";

    private const string Empty = "%";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Write(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length == 0) return Empty;
        var name = new StringBuilder(file.Length);
        var bytes = Utf8.GetBytes(file);
        for (var index = 0; index < bytes.Length; index++)
        {
            var isInner = index > 0 && index < bytes.Length - 1;
            if (IsPlain(bytes[index]) || (bytes[index] == '.' && isInner)) name.Append((char)bytes[index]);
            else name.Append(CultureInfo.InvariantCulture, $"%{bytes[index]:x2}");
        }

        return name.ToString();
    }

    /// <summary>The node's name for a file of the folder; null for a file that is none of the node's.</summary>
    public static string? Read(string name)
    {
        if (name == Empty) return "";
        var bytes = new List<byte>(name.Length);
        for (var index = 0; index < name.Length; index++)
        {
            var value = (byte)name[index];
            if (name[index] == '%')
            {
                if (!TryHex(name, index, out value)) return null;
                index += 2;
            }

            bytes.Add(value);
        }

        try
        {
            var file = Utf8.GetString([.. bytes]);
            return file.Length > 0 && Write(file) == name ? file : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool TryHex(string name, int percent, out byte value)
    {
        value = 0;
        return percent + 2 < name.Length
            && byte.TryParse(name.AsSpan(percent + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsPlain(byte letter) => (char)letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_';
}
