// The code that Node gives an error of the operating system: ENOENT, EACCES.

/** The code, or 'unknown reason'. Asks for no class: errors of another realm are errors too. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' && code !== '' ? code : 'unknown reason';
}
