// Makes a WSDL tell the address it is served from. Works on text, so that a document stays as it was written.

/**
 * The document with every soap:address moved to `baseUrl`: the path of the address stays, what stands before it
 * is replaced. `baseUrl` may have a path of its own and may end in a slash. Imports are left alone.
 */
export function documentWithAddress(document: string, baseUrl: string): string {
  const base = escapeAttribute(baseUrl.endsWith('/') ? baseUrl.slice(0, -1) : baseUrl);
  return document.replace(
    /(<(?:[\w.-]+:)?address\s(?:[^>]*\s)?location\s*=\s*)(["'])(?:[a-z]+:\/\/[^/"']*)?([^"']*)\2/gi,
    (_match, before: string, quote: string, path: string) =>
      `${before}${quote}${base}${path}${quote}`,
  );
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
