// docs/profiles.md: the profiles side by side, made from the table that drives the code.
import { HEADER_FAULTS, PROFILES, type Profile, type ProfileAnswer } from './profiles';

export function profilesDocument(): string {
  const profiles = [...PROFILES.values()];
  return [
    '# Profiles',
    '',
    'Generated from `src/soap/profiles.ts` by `npm run generate`; do not edit.',
    '',
    "A profile is how an operator's gateway answers. `--profile NAME`, `server.profile` or `applications.NAME.profile` chooses one;",
    '`auto`, the default, is `huawei` for a request with a RequestSOAPHeader and `standard` for any other. A profile of your own',
    'stands in the `profiles` section of a [configuration](configuration.md): the name of the one that it `extends`, and what is',
    'different, under the keys of this table.',
    '',
    `| key | ${profiles.map(({ name }) => name).join(' | ')} | |`,
    `|---|${profiles.map(() => '---|').join('')}---|`,
    ...ROWS.map(({ key, meaning }) => {
      const cells = profiles.map((profile) => cellOf(profile[key]));
      return `| \`${key}\` | ${cells.join(' | ')} | ${meaning} |`;
    }),
    '',
    'The reasons under `answers` are those of [faults](faults.md), with `_` for a space. A code that the standard does not have needs',
    'its text under `texts`. With `minor units` an amount is a whole number of cents, or of what the currency has instead: that of',
    'the request, else of the reservation, else the policy Currency. Such a gateway takes no negative amounts where digits are bounded.',
    '',
    '## Credentials and the header',
    '',
    'Where an application must prove who it is (`credentials`), the answer to one that does not is that of the gateway whose means it',
    'used, whatever its profile, and only to one that used none that of its profile:',
    '',
    '| the request has | good is | else |',
    '|---|---|---|',
    `| a RequestSOAPHeader | spPassword = MD5(spId + password + timeStamp) in hex of either case, or the password itself | ${faultCell('password')} |`,
    `| two of them, or a field twice | | ${faultCell('parameters')} |`,
    '| WS-Security | a UsernameToken with PasswordText, or PasswordDigest with a Created in its window and a Nonce not used before | a fault `wsse:FailedAuthentication` without detail |',
    '| WS-Security of another form: signed, encrypted, doubled, or with a Timestamp that is no time | | a fault `wsse:InvalidSecurity` without detail |',
    '| HTTP Basic | user and password | 401 with WWW-Authenticate |',
    `| nothing | | by \`missingCredentials\` of the profile: 401, or ${faultCell('password')}; \`auto\` answers 401 |`,
    '',
    'The log says the cause, such as a digest made a second before the header; the answer does not, and nothing has changed. The work',
    'done is the same whatever is wrong. White space around a password does not count, and a configured one has none. A Nonce is good once',
    'for its application, also after a restart on the same ledger: the uses stand in a file beside it (`<ledger>.nonces`).',
    '',
    'A RequestSOAPHeader and a UsernameToken in one message are both meant for the service: both must be good and name one application,',
    'and the header is judged first. HTTP Basic beside one of them is left alone, because it may be meant for a proxy in front.',
    'Two names are a [deviation](deviations.md) where nobody is asked for credentials.',
    '',
    `Under a profile with \`headerAddresses: checked\`, OA or FA other than the endUserIdentifier, than all payers of a split, or than the`,
    `owner of the reservation that is named, whether it is a number or not, is ${faultCell('originatingAddress')}, or the same with FA; two`,
    `headers, or a field twice, are ${faultCell('parameters')}. The answer repeats at most fifteen digits, or 64 letters, digits and marks of what is no number; and of`,
    'what holds 22007201, 22007330 or a word that some clients take for a success wherever it stands, only the last two digits or nothing.',
    'Of a reservation that the application cannot use nothing is disclosed: SVC0002.',
    '',
    '## What the codes are taken from',
    '',
    '`POL0910` with its text under `huawei` was seen at an operator; that it stands for an amount above the maximum too is inferred. The',
    'texts of `timwe` are those of its guide, that of POL0910 is ours. `PAYMENT000002` of `oracle` is for trouble within the gateway',
    '(a defect of the emulator), `PAYMENT000003` for what passes, `PAYMENT000004` for what does not.',
    '',
    '## SOAP 1.2',
    '',
    'A request in SOAP 1.2 is answered in SOAP 1.2, whatever the profile: what is faultstring here is there a `Text` with `xml:lang="en"`,',
    'as its schema demands, and a faultcode that SOAP 1.2 does not have is a `Subcode`. Faults of SOAP 1.1 carry no attributes, because some',
    'readers trip over `xml:lang`.',
    '',
    '## What is not known of Ericsson EMM',
    '',
    'The fields, codes, texts and the order of the three checks of a billingText are those of a public simulator, not of a gateway; EMM0011',
    'is worded shorter here. Sources differ on two points: whether field 0, the transaction, must be there (one description has it',
    'as mandatory, the text of EMM0011 does not name it, and this profile does not ask for it), and how exact the time must be (here ISO 8601 to the',
    'second, with its zone). A field of white space only is empty. `texts` and `answers` of a profile of your own change them. Known and not done: there the identifier of a',
    'reservation is the first field, whatever that holds; here the ledger gives it. Not known: what a billingText must be where a',
    'reservation is enlarged (any text is taken), the faultcode (soapenv:Server), other EMM codes, and whether the fields keep to limits.',
    '',
  ].join('\n');
}

const ROWS: readonly { readonly key: Exclude<keyof Profile, 'name'>; readonly meaning: string }[] =
  [
    { key: 'faultcode', meaning: '`Server`: soapenv:Server; `code`: the code itself' },
    { key: 'faultstring', meaning: 'the text alone, or `Error Code: ... Error Message: ...`' },
    { key: 'detail', meaning: 'its text with %1 or with the variables filled in; or no detail' },
    { key: 'texts', meaning: "instead of the standard's" },
    { key: 'answers', meaning: "instead of the standard's, by the reason" },
    {
      key: 'missingCredentials',
      meaning: 'where nothing is sent: `basic`: HTTP 401; `service`: as a header without password',
    },
    { key: 'headerAddresses', meaning: 'whether OA and FA must be the subscriber' },
    { key: 'referenceCodeCharacters', meaning: 'beyond it SVC0002 `referenceCode`' },
    { key: 'reservationIdentifierDigits', meaning: 'with zeros before it; both are understood' },
    { key: 'amounts', meaning: '`5000` is 5000.00, or with minor units 50.00' },
    { key: 'amountDigits', meaning: 'beyond it `amount_digits`, with a point SVC0007' },
    {
      key: 'billingText',
      meaning: 'what is packed into that of 2.0, its fields counted from 0; else by three reasons',
    },
    {
      key: 'answerVersions',
      meaning: 'of faults and of answers without parts; others keep theirs',
    },
  ];

function cellOf(value: Profile[keyof Profile]): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${typeof each === 'object' ? objectText(each) : each}`)
    .join('; ');
}

function objectText(each: ProfileAnswer | readonly number[]): string {
  if (!('code' in each)) return each.join(' ');
  const { code, variables } = each;
  return [code, ...variables.map((variable) => `\`${variable}\``)].join(' ');
}

function faultCell(kind: keyof typeof HEADER_FAULTS): string {
  const { code, text } = HEADER_FAULTS[kind];
  return `${code} \`${text}\``;
}
