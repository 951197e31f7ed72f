// Books expiries while nobody asks, so that an idle ledger shows the truth too. Correctness never depends on it: the
// ledger closes what is due before it decides anything.
import type { Instant } from '../../ledger/time';
import type { Ledger } from '../../store/ledger';
import type { Fired, SandboxClock } from './sandbox-clock';

export interface ExpiryWatch {
  /** To be called when the next expiry may be another than before. */
  look(): void;
  /** True when a tick failed, so that nothing is watched until somebody looks again. */
  lost(): boolean;
}

export function watchExpiries(
  ledger: Ledger,
  clock: SandboxClock,
  onError: (error: unknown) => void,
): ExpiryWatch {
  let watched: Instant | undefined;
  let cancel = () => {};
  let lost = false;

  const look = (): void => {
    lost = false;
    const next = ledger.nextExpiry();
    if (next === watched) return;
    cancel();
    watched = next;
    if (next !== undefined) cancel = clock.after(next - clock.now(), () => expire(next));
  };

  const expire = async (at: Instant): Promise<readonly Fired[]> => {
    watched = undefined;
    try {
      const closed = await ledger.tick();
      look();
      return closed.map((id) => ({ at, kind: 'reservation.expired', id }));
    } catch (error) {
      lost = true;
      onError(error);
      return [];
    }
  };

  look();
  return { look, lost: () => lost };
}
