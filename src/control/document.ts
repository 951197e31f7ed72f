// The table of endpoints as docs/admin-api.md has it, between two marks.
import type { Endpoint } from './endpoint';
import { ENDPOINTS } from './table';

const [BEGIN, END] = ['<!-- endpoints -->', '<!-- end of endpoints -->'];

/** The page with the table as it is now. Throws when the marks are not there. */
export function adminDocument(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('the page of the admin API has lost its marks');
  return `${page.slice(0, begin)}${BEGIN}\n${tables()}\n${page.slice(end)}`;
}

function tables(): string {
  const tags = [...new Set(ENDPOINTS.map(({ tag }) => tag))];
  return tags
    .map((tag) => {
      const rows = ENDPOINTS.filter((endpoint) => endpoint.tag === tag).map(row);
      return `\n### ${tag}\n\n| | | |\n|---|---|---|\n${rows.join('\n')}\n`;
    })
    .join('');
}

function row({ method, path, query, summary }: Endpoint): string {
  const names = Object.keys(query.shape);
  const asked = names.length === 0 ? '' : `<br>${names.map((name) => `\`${name}\``).join(' ')}`;
  return `| ${method} | \`${path}\`${asked} | ${summary} |`;
}
