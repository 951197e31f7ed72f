// The page at `/`: what is here and under which addresses. Text for terminals, HTML for browsers.
import type { Service } from '../wsdl/schema';

const TITLE = 'Parlay X Payment emulator';

export function overviewText(services: readonly Service[], base: string): string {
  const blocks = services.map(
    ({ interfaceName, version, path }) =>
      `${interfaceName} ${version}\n  SOAP  ${base}${path}\n  WSDL  ${base}${path}?wsdl`,
  );
  return `${[TITLE, ...blocks, `Health\n  ${base}/livez\n  ${base}/readyz`].join('\n\n')}\n`;
}

export function overviewHtml(services: readonly Service[], base: string): string {
  const rows = services.map(({ interfaceName, version, path }) => {
    const url = escapeHtml(base + path);
    return (
      `<tr><td>${escapeHtml(interfaceName)}</td><td>${escapeHtml(version)}</td>` +
      `<td><code>${url}</code></td><td><a href="${url}?wsdl">WSDL</a></td></tr>`
    );
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${TITLE}</title>
<style>body{font:16px system-ui,sans-serif;margin:2rem}td,th{padding:.3rem 1rem .3rem 0;text-align:left}</style>
</head>
<body>
<h1>${TITLE}</h1>
<table>
<tr><th>Interface</th><th>Version</th><th>Send SOAP by POST to</th><th></th></tr>
${rows.join('\n')}
</table>
<p>Health: <a href="${escapeHtml(base)}/livez">livez</a>, <a href="${escapeHtml(base)}/readyz">readyz</a></p>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
