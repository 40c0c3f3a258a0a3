import type { Json, JsonObject } from '../../../shared/json.ts'

/** The decoded `InputParameters` of a rule: AWS hands every value over as text, a player may write a number. */
export type RuleParameters = Readonly<Record<string, Json | undefined>>

/** @returns `null` when the text is not the JSON of an object */
export function decodeParameters(text: string): RuleParameters | null {
  try {
    const value = JSON.parse(text) as Json
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** A parameter that cannot be read as what the rule needs: the rule's result is then ERROR. */
export interface BadParameter {
  readonly badParameter: string
}

export function toNumber(parameters: RuleParameters, name: string, otherwise: number): number | BadParameter {
  const value = parameters[name]
  if (value === undefined) return otherwise
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : { badParameter: name }
}

export function toText(parameters: RuleParameters, name: string): string | null | BadParameter {
  const value = parameters[name]
  if (value === undefined) return null
  return typeof value === 'string' && value !== '' ? value : { badParameter: name }
}

export const isBad = (value: unknown): value is BadParameter =>
  typeof value === 'object' && value !== null && 'badParameter' in value
