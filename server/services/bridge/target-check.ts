import type { InputTransformer, Target } from '../../../shared/aws/rule.ts'
import { invalid } from './faults.ts'
import { parseJsonPath } from './json-path.ts'
import { isJsonTemplate, linesOf, undefinedPlaceholder } from './transform.ts'

const ID = /^[.\-_A-Za-z0-9]{1,64}$/
const ARN = /^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:\S+$/
const VARIABLE = /^[A-Za-z0-9_-]+$/
const LONGEST_INPUT = 8192
const LONGEST_PATH = 256
const VARIABLES = 100

/** What PutTargets refuses about one target (EventBridge API Reference, "Target"); `null` when nothing. */
export function checkTarget(target: Target) {
  const { id, arn, input, inputPath, inputTransformer, deadLetterConfig } = target
  if (!ID.test(id)) return invalid(`Parameter Id ${id} is not valid.`, 'id')
  if (!ARN.test(arn))
    return invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`, 'arn')
  if ([input, inputPath, inputTransformer].filter((given) => given !== undefined).length > 1)
    return invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`)
  if (input !== undefined && (input.length > LONGEST_INPUT || !isJson(input)))
    return invalid(`Input for target ${id} must be valid JSON of at most ${LONGEST_INPUT} characters.`, 'input')
  if (inputPath !== undefined && !isPath(inputPath))
    return invalid(`InputPath for target ${id} is not valid.`, 'inputPath')
  if (deadLetterConfig && !ARN.test(deadLetterConfig.arn))
    return invalid(`Parameter DeadLetterConfig of target ${id} is not valid.`, 'deadLetterConfig')
  return checkRetryPolicy(target) ?? (inputTransformer ? checkTransformer(id, inputTransformer) : null)
}

const isPath = (path: string) => path.length <= LONGEST_PATH && parseJsonPath(path) !== null

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const isBetween = (value: number, min: number, max: number) => Number.isInteger(value) && value >= min && value <= max

function checkRetryPolicy({ id, retryPolicy }: Target) {
  const { maximumRetryAttempts = 0, maximumEventAgeInSeconds = 60 } = retryPolicy ?? {}
  if (!isBetween(maximumRetryAttempts, 0, 185))
    return invalid(`MaximumRetryAttempts for target ${id} must be between 0 and 185.`, 'maximumRetryAttempts')
  if (!isBetween(maximumEventAgeInSeconds, 60, 86_400))
    return invalid(
      `MaximumEventAgeInSeconds for target ${id} must be between 60 and 86400.`,
      'maximumEventAgeInSeconds',
    )
  return null
}

function checkTransformer(id: string, transformer: InputTransformer) {
  const { inputPathsMap = {}, inputTemplate } = transformer
  const variables = Object.entries(inputPathsMap)
  if (variables.length > VARIABLES)
    return invalid(`InputPathsMap for target ${id} has more than ${VARIABLES} variables.`, 'inputPathsMap')
  const bad = variables.find(([name, path]) => !VARIABLE.test(name) || name.startsWith('aws.') || !isPath(path))
  if (bad) return invalid(`InputPathsMap for target ${id} contains invalid variable ${bad[0]}.`, 'inputPathsMap')
  if (inputTemplate === '' || inputTemplate.length > LONGEST_INPUT)
    return invalid(`InputTemplate for target ${id} must have 1 to ${LONGEST_INPUT} characters.`, 'inputTemplate')
  const unknown = undefinedPlaceholder(transformer)
  if (unknown !== undefined)
    return invalid(`InputTemplate for target ${id} contains invalid placeholder ${unknown}.`, 'inputTemplate')
  if (!isJsonTemplate(inputTemplate) && !linesOf(inputTemplate).every(isQuoted))
    return invalid(`InputTemplate for target ${id} must be JSON or quoted text.`, 'inputTemplate')
  return null
}

const isQuoted = (line: string) => /^"(?:[^"\\]|\\[^])*"$/.test(line)
