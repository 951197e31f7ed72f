// The description of the admin API as one page of HTML: nothing is loaded from anywhere, nothing runs in it.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { escapeHtml } from '../html';
import type { Endpoint } from './endpoint';

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:62rem;padding:1.5rem;color:#1c1c1c;background:#fff}
h2{margin-top:2.2rem;border-bottom:1px solid #ccc}
details{border:1px solid #ddd;border-radius:4px;margin:.4rem 0;padding:.4rem .7rem}
summary{cursor:pointer}
code,pre{font:13px/1.45 ui-monospace,monospace;background:#f4f4f4;border-radius:3px}
code{padding:.1rem .25rem}
pre{padding:.6rem;overflow-x:auto}
.m{display:inline-block;min-width:4.2rem;font-weight:600}
table{border-collapse:collapse}
td{border-top:1px solid #ddd;padding:.2rem .8rem .2rem 0;vertical-align:top}
@media(prefers-color-scheme:dark){body{background:#1b1b1b;color:#e8e8e8}code,pre{background:#2a2a2a}details,td{border-color:#444}a{color:#8ab4f8}}
`;

export interface DocsPage {
  readonly html: string;
  /** The Content-Security-Policy that it needs. */
  readonly policy: string;
}

export function docsPage(endpoints: readonly Endpoint[], version: string): DocsPage {
  const tags = [...new Set(endpoints.map(({ tag }) => tag))];
  const sections = tags.map((tag) => {
    const those = endpoints.filter((endpoint) => endpoint.tag === tag);
    return `<h2 id="${tag}">${escapeHtml(tag)}</h2>${those.map(endpointHtml).join('')}`;
  });
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Admin API of parlayx-payment-emulator</title><style>${STYLE}</style></head><body>
<h1>Admin API of parlayx-payment-emulator ${escapeHtml(version)}</h1>
<p>Everything is below <code>/__admin/v1</code>, for the sandbox that <code>X-Sandbox</code> names or <code>default</code>,
and below <code>/s/NAME/__admin/v1</code>. Amounts are decimal text, instants ISO 8601; subscriber numbers are masked unless
<code>reveal=true</code>. The machine's version of this page is <a href="openapi.json">openapi.json</a>.</p>
<p>${tags.map((tag) => `<a href="#${tag}">${escapeHtml(tag)}</a>`).join(' · ')}</p>
${sections.join('\n')}
</body></html>
`;
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return { html, policy };
}

function endpointHtml(endpoint: Endpoint): string {
  const { method, path, summary, params, query, body, answer, status, otherTypes } = endpoint;
  const refusals = Object.entries(endpoint.refusals);
  return [
    `<details><summary><span class="m">${method}</span> <code>${escapeHtml(path)}</code> ${escapeHtml(summary)}</summary>`,
    parametersHtml('Path', params),
    parametersHtml('Query', query),
    body === undefined ? '' : schemaHtml('Body', body, 'input'),
    answer === undefined ? '' : schemaHtml(`Answer ${status}`, answer, 'output'),
    otherTypes.length === 0 ? '' : `<p>Also: ${otherTypes.map(escapeHtml).join(', ')}</p>`,
    refusals.length === 0
      ? ''
      : `<p>${refusals.map(([code, when]) => `${code}: ${escapeHtml(when)}`).join('<br>')}</p>`,
    '</details>',
  ].join('');
}

function parametersHtml(title: string, schema: z.ZodObject): string {
  const names = Object.entries(schema.shape);
  if (names.length === 0) return '';
  const rows = names.map(([name, parameter]) => {
    const { description = '' } = z.toJSONSchema(parameter as z.ZodType, { io: 'input' });
    return `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(description)}</td></tr>`;
  });
  return `<p>${title}</p><table>${rows.join('')}</table>`;
}

function schemaHtml(title: string, schema: z.ZodType, io: 'input' | 'output'): string {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io });
  return `<p>${title}</p><pre>${escapeHtml(JSON.stringify(json, null, 1))}</pre>`;
}
