// The optional second port: only the admin API and the metrics, with the same bounds as the first.
import { type AdminDoor, serveAdmin } from './admin-door';
import { boundUrl } from './base-url';
import type { Listener } from './listener';
import type { Readiness } from './readiness';
import { createBoundedServer } from './server';

export interface AdminListenerOptions {
  readonly admin: AdminDoor;
  readonly readiness: Readiness;
  readonly onDefect: (error: unknown) => void;
}

export function createAdminListener({
  admin,
  readiness,
  onDefect,
}: AdminListenerOptions): Listener {
  const server = createBoundedServer({
    onDefect,
    serve: (request, response, expecting) => {
      if (readiness.draining) response.shouldKeepAlive = false;
      serveAdmin(admin, request, response, expecting);
    },
  });
  return {
    listen: async (port, host) => {
      const address = await server.listen(port, host);
      return { url: boundUrl(address.address, address.port), port: address.port };
    },
    close: () => server.close(),
  };
}
