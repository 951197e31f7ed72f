// Which version of the package this is.

export function packageVersion(): string {
  const { version } = require('../package.json') as { readonly version: string };
  return version;
}
