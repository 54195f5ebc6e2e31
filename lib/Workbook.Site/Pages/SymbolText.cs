using Microsoft.CodeAnalysis;

namespace Workbook.Site.Pages;

/// <summary>A declaration in one line, as a reader of code expects it: <c>RaftCluster RaftCluster.Crash(NodeId node)</c>.</summary>
internal static class SymbolText
{
    private const int Longest = 300;

    private static readonly SymbolDisplayFormat Member = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeContainingType
            | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        localOptions: SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>A script's variables and functions belong to no type that the reader wrote.</summary>
    private static readonly SymbolDisplayFormat OfScript = Member.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType);

    /// <summary>The declaration; null when the symbol is not one that a reader asks about, or is not known.</summary>
    public static string? Of(ISymbol symbol)
    {
        var known = symbol switch
        {
            INamedTypeSymbol type => type.TypeKind != TypeKind.Error,
            ITypeParameterSymbol => false,
            IFieldSymbol field => field.Type.TypeKind != TypeKind.Error,
            ILocalSymbol local => local.Type.TypeKind != TypeKind.Error,
            IParameterSymbol parameter => parameter.Type.TypeKind != TypeKind.Error,
            IMethodSymbol or IPropertySymbol or IEventSymbol => true,
            _ => false,
        };
        if (!known)
            return null;
        var isConstructor = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor };
        var format = isConstructor || symbol.ContainingType is { IsScriptClass: true } ? OfScript : Member;
        var text = (isConstructor ? "new " : "") + symbol.ToDisplayString(format);
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
