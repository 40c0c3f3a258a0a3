import { functionArn } from '../../../shared/aws/account.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { randomShare, streamOf } from '../../../shared/random.ts'
import type { ServiceMs } from '../../../shared/units.ts'

/** What a version of a function freezes. Times are seconds of service time, as AWS counts them. */
export interface FunctionConfiguration {
  readonly description: string
  readonly runtime: string
  readonly handler: string
  /** Name of the execution role: whose permissions the handler has. */
  readonly role: string
  /** 1 to 900, default 3. */
  readonly timeout: number
  /** 128 to 10 240 MB, default 128. */
  readonly memorySize: number
  readonly environment: Readonly<Record<string, string>>
  readonly deadLetterTargetArn: string | null
  /** How long Init takes on a cold start, in milliseconds of service time: 0 to 10 000. */
  readonly initMs: number
  /** Source of a player's handler; empty for a job that the city knows by the function's name. */
  readonly code: string
  /** Base64 SHA-256 of the code, made at the edge; empty where nobody asked for it. */
  readonly codeSha256: string
}

interface PublishedVersion {
  /** `1`, `2` … */
  readonly version: string
  readonly configuration: FunctionConfiguration
  readonly publishedAt: ServiceMs
}

export interface Alias {
  readonly name: string
  readonly functionVersion: string
  readonly description: string
  /** A second version and the share of calls it gets, 0 to 1; `null` when all go to `functionVersion`. */
  readonly additional: { readonly version: string; readonly weight: number } | null
}

/** A statement of the function's resource-based policy. */
interface Permission {
  readonly statementId: string
  readonly action: string
  readonly principal: string
  readonly sourceArn: string | null
  /** `null`: the function as it is named without a qualifier; else the version or alias it was given for. */
  readonly qualifier: string | null
}

export interface EventInvokeConfig {
  readonly qualifier: string
  /** 0 to 2; `null`: the default, 2. */
  readonly maximumRetryAttempts: number | null
  /** Seconds, 60 to 21 600; `null`: the default, 21 600. */
  readonly maximumEventAgeInSeconds: number | null
  readonly onSuccess: string | null
  readonly onFailure: string | null
  readonly lastModified: ServiceMs
}

interface ProvisionedConcurrency {
  readonly qualifier: string
  readonly requested: number
}

export interface FunctionState {
  readonly name: string
  readonly latest: FunctionConfiguration
  readonly lastModified: ServiceMs
  readonly revisionId: string
  /** Oldest first. */
  readonly versions: readonly PublishedVersion[]
  /** How many versions were ever published: numbers are not given twice. */
  readonly lastVersion: number
  readonly aliases: readonly Alias[]
  readonly permissions: readonly Permission[]
  readonly reservedConcurrency: number | null
  readonly provisioned: readonly ProvisionedConcurrency[]
  readonly eventInvokeConfigs: readonly EventInvokeConfig[]
  readonly recursiveLoop: 'Terminate' | 'Allow'
}

export const LATEST = '$LATEST'

export interface FunctionReference {
  readonly name: string
  readonly qualifier: string
}

const REFERENCE = /^(?:arn:aws:lambda:[a-z0-9-]+:\d{12}:function:|\d{12}:function:)?([\w-]+)(?::(\$LATEST|[\w-]+))?$/

/** Reads `NAME`, `NAME:QUALIFIER`, or either as a full or partial ARN. @returns `null` when it is none of them */
export function toReference(text: string): FunctionReference | null {
  const match = REFERENCE.exec(text)
  const name = match?.[1]
  return name === undefined ? null : { name, qualifier: match?.[2] ?? LATEST }
}

export const qualifiedArn = (reference: FunctionReference): string =>
  `${functionArn(reference.name)}:${reference.qualifier}`

export interface ResolvedVersion {
  readonly version: string
  readonly configuration: FunctionConfiguration
}

/**
 * The version behind a qualifier: `$LATEST`, a number, or an alias, which may share its calls between two versions.
 *
 * @param draw which call this is, and the city's seed: decides for an alias with two versions
 * @returns `null` when the function has no such version or alias
 */
export function resolveVersion(
  fn: FunctionState,
  qualifier: string,
  draw: { readonly seed: number; readonly n: number },
): ResolvedVersion | null {
  if (qualifier === LATEST) return { version: LATEST, configuration: fn.latest }
  const alias = fn.aliases.find((candidate) => candidate.name === qualifier)
  const takesSecond =
    alias?.additional && randomShare(draw.seed, streamOf('lambda/alias'), draw.n) < alias.additional.weight
  const number = takesSecond ? alias.additional.version : (alias?.functionVersion ?? qualifier)
  if (number === LATEST) return { version: LATEST, configuration: fn.latest }
  const published = fn.versions.find((candidate) => candidate.version === number)
  return published ? { version: published.version, configuration: published.configuration } : null
}

/** Asks whether a service principal may invoke the function for that source (Lambda, "Using resource-based policies"). */
export function isPermitted(fn: FunctionState, qualifier: string, principal: string, sourceArn: string): boolean {
  return fn.permissions.some(
    (statement) =>
      (statement.action === 'lambda:InvokeFunction' || statement.action === 'lambda:*') &&
      (statement.principal === principal || statement.principal === '*') &&
      (statement.qualifier === null ? qualifier === LATEST : statement.qualifier === qualifier) &&
      (statement.sourceArn === null || isArnLike(sourceArn, statement.sourceArn)),
  )
}

/** `ArnLike`: `*` stands for any text, `?` for one character, within one of the six parts. */
function isArnLike(arn: string, pattern: string): boolean {
  const parts = splitArn(arn)
  const wanted = splitArn(pattern)
  return wanted.length === parts.length && wanted.every((part, i) => isLike(parts[i] ?? '', part))
}

function splitArn(arn: string): readonly string[] {
  const parts = arn.split(':')
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

function isLike(text: string, pattern: string): boolean {
  let at = 0
  let p = 0
  let starAt = -1
  let starP = -1
  while (at < text.length) {
    if (pattern[p] === '*') {
      starP = p
      starAt = at
      p += 1
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[at])) {
      p += 1
      at += 1
    } else if (starP >= 0) {
      starAt += 1
      at = starAt
      p = starP + 1
    } else return false
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}

/** The policy as GetPolicy prints it. */
export function toPolicy(fn: FunctionState): JsonObject {
  return {
    Version: '2012-10-17',
    Id: 'default',
    Statement: fn.permissions.map((statement) => ({
      Sid: statement.statementId,
      Effect: 'Allow',
      Principal: statement.principal === '*' ? '*' : { Service: statement.principal },
      Action: statement.action,
      Resource: functionArn(fn.name) + (statement.qualifier === null ? '' : `:${statement.qualifier}`),
      ...(statement.sourceArn === null ? {} : { Condition: { ArnLike: { 'AWS:SourceArn': statement.sourceArn } } }),
    })),
  }
}
