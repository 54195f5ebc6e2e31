namespace Workbook.Parts.Keys;

/// <summary>A key or a signature that cannot be: the message says what is wrong with its bytes.</summary>
public sealed class KeyException(string message) : Exception(message);
