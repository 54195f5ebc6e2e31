namespace Workbook.Site.Tests.Pages;

/// <summary>Measures in the page itself what WCAG 2.2 calls contrast (success criterion 1.4.3).</summary>
internal static class Contrast
{
    /// <summary>Gives a line for each element whose own text is weaker than 4.5 to 1, or 3 to 1 when it is large.</summary>
    public const string Script = """
        () => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const rgba = color => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
            return { r, g, b, a: a / 255 };
          };
          const over = (top, under) => ({
            r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
          const ground = element => {
            const layers = [];
            for (let here = element; here; here = here.parentElement) layers.push(rgba(getComputedStyle(here).backgroundColor));
            return layers.reverse().reduce((under, layer) => over(layer, under), { r: 255, g: 255, b: 255, a: 1 });
          };
          const linear = channel => (channel /= 255) <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
          const luminance = color => 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
          const weak = [];
          for (const element of document.querySelectorAll('body *')) {
            const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
            if (!own || element.closest('script, noscript, .plot, svg, .permalink, .visually-hidden') || !element.checkVisibility()) continue;
            const style = getComputedStyle(element);
            const under = ground(element);
            const [light, dark] = [luminance(over(rgba(style.color), under)), luminance(under)].sort((a, b) => b - a);
            const ratio = (light + 0.05) / (dark + 0.05);
            const size = parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            if (ratio < (large ? 3 : 4.5)) weak.push(`${ratio.toFixed(2)} ${element.tagName}.${element.className} "${element.textContent.slice(0, 30)}" ${style.color}`);
          }
          return weak;
        }
        """;
}
