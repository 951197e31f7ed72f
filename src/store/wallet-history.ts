// Which transactions moved money of a subscriber: the chains of its wallets, for use inside of a query.

/**
 * A member of a WITH RECURSIVE clause: `history(wallet, number)` has a row for each wallet of `$subscriber` and each
 * transaction with a transfer of it. Every step is a look by primary key, so it costs what was moved and no more. It
 * shows what is committed: where a chain begins is written once a batch.
 */
export const HISTORY = `history(wallet, number) AS (
    SELECT id, latest FROM account
    WHERE kind = 'subscriber' AND owner = $subscriber AND latest IS NOT NULL
    UNION ALL
    SELECT h.wallet, (SELECT t.previous FROM transfer t
      WHERE t.tx = h.number AND t.wallet = h.wallet LIMIT 1) AS before
    FROM history h WHERE before IS NOT NULL)`;

/**
 * The same as `recent(number)` for the one `$wallet` whose chain begins at `$latest`, no further back than `$since`. It
 * shows what the batch in progress has done, too.
 */
export const RECENT_HISTORY = `recent(number) AS (
    SELECT number FROM tx WHERE number = $latest AND at >= $since
    UNION
    SELECT x.number FROM recent r CROSS JOIN transfer t ON t.tx = r.number AND t.wallet = $wallet
      CROSS JOIN tx x ON x.number = t.previous AND x.at >= $since)`;
