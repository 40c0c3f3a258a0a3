import { toEnvelope, type BusEvent } from '../../../shared/aws/event.ts'
import type { BusRule, InputTransformer } from '../../../shared/aws/rule.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import { toIsoSeconds } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { selectPath } from './json-path.ts'

/** `<name>` in a template. */
const PLACEHOLDER = /<([A-Za-z0-9_.-]+)>/g

/** Variables that need no path (EventBridge User Guide, "Predefined variables"). */
const PREDEFINED: ReadonlySet<string> = new Set([
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
])

/** A template is JSON when it starts with a brace, else quoted text. */
export const isJsonTemplate = (template: string): boolean => template.trimStart().startsWith('{')

/** The first placeholder of a template that stands for nothing. */
export function undefinedPlaceholder({ inputPathsMap = {}, inputTemplate }: InputTransformer): string | undefined {
  const names = [...inputTemplate.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
  return names.find((name) => !PREDEFINED.has(name) && !Object.hasOwn(inputPathsMap, name))
}

/** What a template is filled from. */
export interface Source {
  readonly event: BusEvent
  readonly rule: BusRule
  readonly ingestedAt: ServiceMs
}

/** Fills a template (EventBridge User Guide, "Input transformation"). @returns text that need not be valid JSON */
export function fillTemplate(transformer: InputTransformer, source: Source): string {
  const { inputTemplate } = transformer
  const lookUp = (name: string) => valueOf(name, transformer, source)
  return isJsonTemplate(inputTemplate) ? fillJson(inputTemplate, lookUp) : fillText(inputTemplate, lookUp)
}

type LookUp = (name: string) => Json | undefined

function valueOf(name: string, { inputPathsMap = {} }: InputTransformer, source: Source): Json | undefined {
  const envelope = toEnvelope(source.event)
  switch (name) {
    case 'aws.events.rule-arn':
      return source.rule.arn
    case 'aws.events.rule-name':
      return source.rule.name
    case 'aws.events.event.ingestion-time':
      return toIsoSeconds(source.ingestedAt)
    case 'aws.events.event':
      return withoutDetail(envelope)
    case 'aws.events.event.json':
      return envelope
    default:
      return selectPath(envelope, inputPathsMap[name] ?? '')
  }
}

function withoutDetail(envelope: JsonObject): JsonObject {
  const kept = Object.entries(envelope).filter(([name]) => name !== 'detail')
  return Object.fromEntries(kept.map(([name, value]) => [name === 'detail-type' ? 'detailType' : name, value]))
}

/** Outside quotes a value is JSON; inside quotes it is inserted as it is, unescaped. */
function fillJson(template: string, lookUp: LookUp): string {
  let isQuoted = false
  return template.replace(/\\[^]|"|<([A-Za-z0-9_.-]+)>/g, (found, name: string | undefined) => {
    if (found === '"') isQuoted = !isQuoted
    if (name === undefined) return found
    const value = lookUp(name)
    if (isQuoted) return asText(value)
    return value === undefined ? '""' : JSON.stringify(value)
  })
}

const asText = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** Every line is a quoted text; its quotes go, and so do those of objects and arrays inserted into it. */
function fillText(template: string, lookUp: LookUp): string {
  const fill = (text: string) =>
    text.replace(/\\([^])|<([A-Za-z0-9_.-]+)>/g, (found, escaped: string | undefined, name: string | undefined) => {
      if (name === undefined) return escaped === undefined ? found : unescape(escaped)
      const value = lookUp(name)
      return typeof value === 'object' ? asText(value).replaceAll('"', '') : asText(value)
    })
  return linesOf(template)
    .map((line) => fill(line.slice(1, -1)))
    .join('\n')
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }
const unescape = (char: string): string => ESCAPES[char] ?? char

/** The lines of a text template, without the blanks around them. */
export const linesOf = (template: string): readonly string[] =>
  template
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
