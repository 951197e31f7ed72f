// How applications are spoken with: strictness, profiles and credentials as configured. Judges names and references.
import { isStandard, REASONS } from '../payment/faults';
import {
  extended,
  PROFILES,
  type Profile,
  type ProfileAnswer,
  type ProfileDifferences,
} from '../soap/profiles';
import type { CredentialTerms, WireTerms, WireTermsOf } from '../soap/wire-terms';
import { DEFAULT_CREDENTIALS, WSDL_VERSIONS } from './configuration';
import { below, found, nearest, type Report } from './problem';
import type { ConfigurationInput } from './schema';
import { withoutUndefined } from './without-undefined';

type ApplicationInput = NonNullable<ConfigurationInput['applications']>[string];
type ProfileInput = NonNullable<ConfigurationInput['profiles']>[string];
type Profiles = ReadonlyMap<string, Profile>;

/** As the headers of each request suggest: not a profile of its own. */
const AUTO = 'auto';

/** The terms of each application; reports profiles that do not exist or cannot be. */
export function readWireTerms(input: ConfigurationInput, report: Report): WireTermsOf {
  const { server, credentials, applications } = input;
  const profiles = readProfiles(input.profiles ?? {}, below(report, 'profiles'));
  const general: WireTerms = {
    strict: server?.strict ?? false,
    profile: profileNamed(server?.profile, profiles, below(report, 'server', 'profile')),
    credentials: credentialTerms(credentials, undefined),
  };
  const own = new Map(
    Object.entries(applications ?? {}).map(([name, application]) => [
      name,
      ownTerms(general, input, application, profiles, below(report, 'applications', name)),
    ]),
  );
  return (application) => own.get(application) ?? general;
}

function ownTerms(
  general: WireTerms,
  { credentials }: ConfigurationInput,
  application: ApplicationInput,
  profiles: Profiles,
  report: Report,
): WireTerms {
  const { strict = general.strict, profile } = application;
  return {
    strict,
    profile:
      profile === undefined
        ? general.profile
        : profileNamed(profile, profiles, below(report, 'profile')),
    credentials: credentialTerms(credentials, application.credentials),
  };
}

/** A password is there to be asked for, unless somebody says that it is not required. */
function credentialTerms(
  general: ConfigurationInput['credentials'],
  own: ApplicationInput['credentials'],
): CredentialTerms | undefined {
  const password = own?.password;
  if (!(own?.required ?? general?.required ?? password !== undefined)) return undefined;
  const timeStamp = general?.timeStampWindowSeconds;
  const created = general?.createdWindowSeconds ?? DEFAULT_CREDENTIALS.createdWindowSeconds;
  return {
    password,
    timeStampWindowMs: timeStamp === undefined ? undefined : timeStamp * 1_000,
    createdWindowMs: created * 1_000,
  };
}

/** The built-in profiles and those of the configuration, which can extend one another in the order of the file. */
function readProfiles(input: Readonly<Record<string, ProfileInput>>, report: Report): Profiles {
  const profiles = new Map(PROFILES);
  for (const [name, profile] of Object.entries(input)) {
    const at = below(report, name);
    if (name === AUTO || PROFILES.has(name)) at([], 'this is the name of a built-in profile');
    const base = profiles.get(profile.extends);
    if (base === undefined) at(['extends'], unknown(profile.extends, [...profiles.keys()]));
    else profiles.set(name, readProfile(name, base, profile, at));
  }
  return profiles;
}

function readProfile(name: string, base: Profile, input: ProfileInput, report: Report): Profile {
  const { extends: _base, answers, ...differences } = input;
  checkVersions(differences.answerVersions ?? {}, report);
  const profile = extended(base, name, {
    ...withoutNulls(withoutUndefined(differences)),
    answers: readAnswers(answers ?? {}, report),
  });
  for (const [reason, { code }] of Object.entries(profile.answers)) {
    if (isStandard(code) || profile.texts[code] !== undefined) continue;
    report(['answers', reason], `${code} is no code of the standard, so texts must say its text`);
  }
  return profile;
}

/** A limit of the profile extended that is null here is none. */
function withoutNulls(differences: Omit<ProfileInput, 'extends' | 'answers'>): ProfileDifferences {
  const entries = Object.entries(differences);
  return Object.fromEntries(entries.map(([key, value]) => [key, value ?? undefined]));
}

function checkVersions(versions: Readonly<Record<string, string>>, report: Report): void {
  const known: readonly string[] = WSDL_VERSIONS;
  for (const [asked, answered] of Object.entries(versions)) {
    for (const version of [asked, answered]) {
      if (known.includes(version)) continue;
      report(['answerVersions', asked], `${version} is none of ${known.join(', ')}`);
    }
  }
}

function readAnswers(
  input: NonNullable<ProfileInput['answers']>,
  report: Report,
): Record<string, ProfileAnswer> {
  for (const reason of Object.keys(input)) {
    if (REASONS.includes(reason)) continue;
    const meant = nearest(reason, REASONS);
    const hint =
      meant === undefined ? `known are ${REASONS.join(', ')}` : `did you mean "${meant}"?`;
    report(['answers', reason], `unknown reason, ${hint}`);
  }
  return Object.fromEntries(
    Object.entries(input).map(([reason, { code, variables = [] }]) => [
      reason,
      { code, variables },
    ]),
  );
}

function profileNamed(
  name: string | undefined,
  profiles: Profiles,
  report: Report,
): Profile | undefined {
  if (name === undefined || name === AUTO) return undefined;
  const profile = profiles.get(name);
  if (profile === undefined) report([], unknown(name, [AUTO, ...profiles.keys()]));
  return profile;
}

function unknown(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return `found ${found(name)}, expected one of ${names.join(', ')}${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}
