import { toArn } from '../../../shared/aws/account.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import { ok } from '../../../shared/result.ts'
import type { RolledUp } from './compliance.ts'
import { rollUp } from './compliance.ts'
import { decodeConfigRule, decodeRemediation } from './decode.ts'
import { PACK_LIMIT, PACK_RULE_LIMIT } from './limits.ts'
import type { PutRemediationConfiguration } from './remediation.ts'
import { putRemediationConfiguration } from './remediation.ts'
import type { PutConfigRule } from './rules.ts'
import { markDeleted, placeRule } from './rules.ts'
import type { ConfigResult, ConfigState, ConformancePack } from './state.ts'
import { refusal } from './state.ts'

/** A pack's template, decoded from its YAML at the edge: rules and remediations by logical id. */
export interface PackTemplate {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: Json }>>
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: JsonObject }>>
}

export interface PutConformancePack {
  readonly conformancePackName: string
  readonly template: PackTemplate
  /** Values for the template's parameters. */
  readonly inputParameters?: Readonly<Record<string, string>>
}

interface Contents {
  readonly rules: readonly PutConfigRule[]
  readonly remediations: readonly PutRemediationConfiguration[]
}

/**
 * Deploys all rules and remediations of a template, or none; deploying again changes, adds and takes away (AWS Config
 * API, "PutConformancePack"). A rule's name gets the pack's id, so that packs do not clash.
 *
 * @returns `ConformancePackTemplateValidationException`, `MaxNumberOfConformancePacksExceededException`, or the refusal
 *   of the first rule or remediation that cannot be put
 */
export function putConformancePack(state: ConfigState, input: PutConformancePack, ctx: StepContext): ConfigResult {
  const known = state.packs.find((pack) => pack.name === input.conformancePackName)
  if (!known && state.packs.length >= PACK_LIMIT) {
    return refusal('MaxNumberOfConformancePacksExceededException', `At most ${PACK_LIMIT} packs.`)
  }
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,255}$/.test(input.conformancePackName)) {
    return refusal('InvalidParameterValueException', 'A name begins with a letter.', 'conformancePackName')
  }
  const pack = known ?? openPack(state, input.conformancePackName, ctx)
  const contents = readTemplate(input, pack)
  if (!contents.ok) return contents
  const ruleNames = contents.value.rules.map((rule) => rule.configRuleName)
  const dropped = pack.ruleNames.filter((name) => !ruleNames.includes(name))
  const cleared = dropRules(state, pack.ruleNames, dropped)
  const placed = placeAll({ ...cleared, count: state.count + 1 }, contents.value, { ctx, packName: pack.name })
  if (!placed.ok) return placed
  const packs = [...state.packs.filter((other) => other !== known), { ...pack, ruleNames, updatedAt: ctx.now }]
  return ok({ ...placed.value, packs })
}

function openPack(state: ConfigState, name: string, { now, seed }: StepContext): ConformancePack {
  const id = `conformance-pack-${uuidAt(seed, streamOf('config/pack'), state.count).slice(0, 8)}${state.count.toString(36)}`
  return { name, id, arn: toArn('config', `conformance-pack/${name}/${id}`), ruleNames: [], updatedAt: now }
}

const invalidTemplate = (message: string) => refusal('ConformancePackTemplateValidationException', message, 'template')

function readTemplate(
  { template, inputParameters = {} }: PutConformancePack,
  pack: ConformancePack,
): ConfigResult<Contents> {
  const values = new Map<string, Json>()
  for (const [name, parameter] of Object.entries(template.Parameters ?? {})) {
    const value = Object.hasOwn(inputParameters, name) ? inputParameters[name] : parameter.Default
    if (value !== undefined) values.set(name, value)
  }
  // A remediation may name its rule by the rule's logical id.
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type === 'AWS::Config::ConfigRule') values.set(logicalId, Properties['ConfigRuleName'] ?? logicalId)
  }
  const rules: PutConfigRule[] = []
  const remediations: PutRemediationConfiguration[] = []
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const properties = fillReferences(resource.Properties, values) as JsonObject
    if (resource.Type === 'AWS::Config::ConfigRule') {
      const rule = decodeConfigRule(properties)
      if (!rule.ok) return invalidTemplate(`${logicalId}: ${rule.error.message}`)
      rules.push({ ...rule.value, configRuleName: inPack(rule.value.configRuleName || logicalId, pack) })
    } else if (resource.Type === 'AWS::Config::RemediationConfiguration') {
      const remediation = decodeRemediation(properties)
      remediations.push({ ...remediation, configRuleName: inPack(remediation.configRuleName, pack) })
    } else return invalidTemplate(`${logicalId}: a pack holds no ${resource.Type}`)
  }
  if (rules.length === 0 || rules.length > PACK_RULE_LIMIT) return invalidTemplate(`1 to ${PACK_RULE_LIMIT} rules`)
  return ok({ rules, remediations })
}

const inPack = (ruleName: string, { id }: ConformancePack) => `${ruleName}-${id}`

/** Replaces each `{Ref: NAME}` by the parameter's value; a parameter without a value stays out. */
function fillReferences(value: Json | undefined, values: ReadonlyMap<string, Json>): Json | undefined {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.flatMap((entry: Json) => fillReferences(entry, values) ?? [])
  const { Ref: reference, ...rest } = value as JsonObject
  if (typeof reference === 'string' && Object.keys(rest).length === 0) return values.get(reference)
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillReferences(entry as Json, values)]))
}

/** Rules that leave the pack go; the remediations of all its rules are put anew. */
function dropRules(state: ConfigState, all: readonly string[], dropped: readonly string[]): ConfigState {
  const remediations = state.remediations.filter((remediation) => !all.includes(remediation.configRuleName))
  return markDeleted({ ...state, remediations }, dropped)
}

function placeAll(state: ConfigState, contents: Contents, placement: Parameters<typeof placeRule>[2]): ConfigResult {
  let next = state
  for (const rule of contents.rules) {
    const placed = placeRule(next, rule, placement)
    if (!placed.ok) return placed
    next = placed.value
  }
  for (const remediation of contents.remediations) {
    const placed = putRemediationConfiguration(next, remediation, placement.ctx)
    if (!placed.ok) return placed
    next = placed.value
  }
  return ok(next)
}

const noSuchPack = (name: string) =>
  refusal('NoSuchConformancePackException', `There is no pack ${name}.`, 'conformancePackName')

/** Takes the pack away, with all its rules and remediations (AWS Config API, "DeleteConformancePack"). */
export function deleteConformancePack(
  state: ConfigState,
  input: { readonly conformancePackName: string },
): ConfigResult {
  const pack = state.packs.find((candidate) => candidate.name === input.conformancePackName)
  if (!pack) return noSuchPack(input.conformancePackName)
  const packs = state.packs.filter((other) => other !== pack)
  return ok({ ...dropRules(state, pack.ruleNames, pack.ruleNames), packs })
}

/** The pack's own compliance and that of each of its rules (AWS Config API, "DescribeConformancePackCompliance"). */
export function describeConformancePackCompliance(
  state: ConfigState,
  input: { readonly conformancePackName: string },
): ConfigResult<{ pack: RolledUp; rules: Readonly<Record<string, RolledUp>> }> {
  const pack = state.packs.find((candidate) => candidate.name === input.conformancePackName)
  if (!pack) return noSuchPack(input.conformancePackName)
  const rules = state.rules
    .filter((rule) => pack.ruleNames.includes(rule.definition.configRuleName))
    .map((rule) => {
      const types = Object.values(rule.results).map((evaluation) => evaluation.complianceType)
      return { name: rule.definition.configRuleName, types }
    })
  return ok({
    pack: rollUp(rules.flatMap((rule) => rule.types)),
    rules: Object.fromEntries(rules.map(({ name, types }) => [name, rollUp(types)])),
  })
}
