// The page at `/`: what is here and under which addresses. Text for terminals, HTML for browsers.
import { escapeHtml } from '../html';
import type { Endpoint } from './services';

const TITLE = 'Parlay X Payment emulator';

/** Names on the page; beyond it how many more there are. */
const MOST_SANDBOXES = 100;

/** `base` is where the services are; `sandboxes` the names of those that are there. */
export function overviewText(
  endpoints: readonly Endpoint[],
  base: string,
  sandboxes: readonly string[],
): string {
  const blocks = endpoints.map(({ interfaceName, path, wsdls }) => {
    const lines = wsdls.map(({ version, query }) => `  WSDL ${version}  ${base}${path}${query}`);
    return [interfaceName, `  SOAP       ${base}${path}`, ...lines].join('\n');
  });
  const health = `Health\n  ${base}/livez\n  ${base}/readyz`;
  const names = sandboxes.length === 0 ? [] : [`Sandboxes\n  ${listed(sandboxes)}`];
  return `${[TITLE, ...blocks, health, ...names].join('\n\n')}\n`;
}

export function overviewHtml(
  endpoints: readonly Endpoint[],
  base: string,
  sandboxes: readonly string[],
): string {
  const rows = endpoints.map(({ interfaceName, path, wsdls }) => {
    const url = escapeHtml(base + path);
    const links = wsdls.map(
      ({ version, query }) => `<a href="${url}${escapeHtml(query)}">${escapeHtml(version)}</a>`,
    );
    return (
      `<tr><td>${escapeHtml(interfaceName)}</td>` +
      `<td><code>${url}</code></td><td>${links.join(' ')}</td></tr>`
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
<tr><th>Interface</th><th>Send SOAP by POST to</th><th>WSDL</th></tr>
${rows.join('\n')}
</table>
<p>Health: <a href="${escapeHtml(base)}/livez">livez</a>, <a href="${escapeHtml(base)}/readyz">readyz</a></p>
${sandboxes.length === 0 ? '' : `<p>Sandboxes: ${escapeHtml(listed(sandboxes))}</p>`}
</body>
</html>
`;
}

function listed(sandboxes: readonly string[]): string {
  const shown = sandboxes.slice(0, MOST_SANDBOXES).join(', ');
  const others = sandboxes.length - MOST_SANDBOXES;
  return others > 0 ? `${shown} and ${others} more` : shown;
}
