import type { AdvancedEventSelector, EventSelector, FieldSelector } from './selectors.ts'

/** What is wrong with selectors, and where. */
export interface SelectorFault {
  readonly message: string
  readonly field: string
}

const MAX_BASIC_SELECTORS = 5
const MAX_DATA_RESOURCES = 250
const MAX_ADVANCED_VALUES = 500
const BASIC_TYPES = ['AWS::S3::Object', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table']
const EXCLUDABLE_SOURCES = ['kms.amazonaws.com', 'rdsdata.amazonaws.com']
const OPERATORS = ['Equals', 'StartsWith', 'EndsWith', 'NotEquals', 'NotStartsWith', 'NotEndsWith'] as const
const FIELDS = [
  'eventCategory',
  'readOnly',
  'eventSource',
  'eventName',
  'eventType',
  'resources.type',
  'resources.ARN',
  'userIdentity.arn',
  'errorCode',
]
/** Fields for which only `Equals` makes sense. */
const CHOICES: Readonly<Record<string, readonly string[] | null>> = {
  eventCategory: ['Management', 'Data'],
  readOnly: ['true', 'false'],
  'resources.type': null,
}

/** @returns the first fault of what PutEventSelectors was given, `null` when there is none (CloudTrail API Reference) */
export function faultOfSelectors(
  basic: readonly EventSelector[] | undefined,
  advanced: readonly AdvancedEventSelector[] | undefined,
): SelectorFault | null {
  if ((basic === undefined) === (advanced === undefined)) {
    return { message: 'Give either EventSelectors or AdvancedEventSelectors.', field: 'EventSelectors' }
  }
  return basic === undefined ? faultOfAdvanced(advanced ?? []) : faultOfBasic(basic)
}

function faultOfBasic(selectors: readonly EventSelector[]): SelectorFault | null {
  const resources = selectors.flatMap(({ DataResources }) => DataResources ?? [])
  const excluded = selectors.flatMap(({ ExcludeManagementEventSources }) => ExcludeManagementEventSources ?? [])
  const faults: readonly (readonly [boolean, string, string])[] = [
    [selectors.length === 0 || selectors.length > MAX_BASIC_SELECTORS, 'A trail has 1 to 5 event selectors.', ''],
    [
      selectors.some(({ ReadWriteType = 'All' }) => !['All', 'ReadOnly', 'WriteOnly'].includes(ReadWriteType)),
      'ReadWriteType is All, ReadOnly or WriteOnly.',
      '.ReadWriteType',
    ],
    [
      resources.some(({ Type }) => !BASIC_TYPES.includes(Type) && !Type.startsWith('City::')),
      'Basic event selectors do not know this resource type.',
      '.DataResources.Type',
    ],
    [
      resources.some(({ Values }) => Values.some((value) => !value.startsWith('arn:'))),
      'Values are ARNs or beginnings of ARNs.',
      '.DataResources.Values',
    ],
    [
      resources.reduce((sum, { Values }) => sum + Values.length, 0) > MAX_DATA_RESOURCES,
      'A trail selects 250 data resources at most.',
      '.DataResources.Values',
    ],
    [
      excluded.some((source) => !EXCLUDABLE_SOURCES.includes(source)),
      'Only kms.amazonaws.com and rdsdata.amazonaws.com can be excluded.',
      '.ExcludeManagementEventSources',
    ],
  ]
  return firstFault(faults, 'EventSelectors')
}

function faultOfAdvanced(selectors: readonly AdvancedEventSelector[]): SelectorFault | null {
  const fields = selectors.flatMap(({ FieldSelectors }) => FieldSelectors)
  const valueCount = fields.reduce((sum, field) => sum + valuesOf(field).length, 0)
  const faults: readonly (readonly [boolean, string, string])[] = [
    [selectors.length === 0, 'A trail needs at least one selector.', ''],
    [valueCount > MAX_ADVANCED_VALUES, 'A trail has 500 values in all selectors at most.', ''],
    [fields.some(({ Field }) => !FIELDS.includes(Field)), 'Unknown field.', '.FieldSelectors.Field'],
    [
      fields.some((field) => valuesOf(field).length === 0),
      'A field needs an operator with a value.',
      '.FieldSelectors',
    ],
    [fields.some(hasWrongOperator), 'This field takes Equals with its own values only.', '.FieldSelectors'],
    [selectors.some(hasTwice), 'A selector names a field once.', '.FieldSelectors.Field'],
    [
      selectors.some((selector) => valueOf(selector, 'eventCategory') === null),
      'eventCategory is required, with one value.',
      '.FieldSelectors',
    ],
    [
      selectors.some((s) => valueOf(s, 'eventCategory') === 'Data' && valueOf(s, 'resources.type') === null),
      'resources.type is required for data events, with one value.',
      '.FieldSelectors',
    ],
    [
      selectors.some((s) => valueOf(s, 'eventCategory') === 'Management' && onResource(s)),
      'Management events are not selected by their resources.',
      '.FieldSelectors.Field',
    ],
  ]
  return firstFault(faults, 'AdvancedEventSelectors')
}

function firstFault(faults: readonly (readonly [boolean, string, string])[], field: string): SelectorFault | null {
  const fault = faults.find(([isFault]) => isFault)
  return fault === undefined ? null : { message: fault[1], field: field + fault[2] }
}

const valuesOf = (field: FieldSelector): string[] => OPERATORS.flatMap((operator) => field[operator] ?? [])

function hasWrongOperator(field: FieldSelector): boolean {
  const choices = CHOICES[field.Field]
  if (choices === undefined) return false
  const isEqualsOnly = valuesOf(field).length === (field.Equals ?? []).length
  return !isEqualsOnly || (choices !== null && (field.Equals ?? []).some((value) => !choices.includes(value)))
}

const hasTwice = ({ FieldSelectors }: AdvancedEventSelector): boolean =>
  new Set(FieldSelectors.map(({ Field }) => Field)).size < FieldSelectors.length

/** The one value of a field, `null` when it has none or several. */
function valueOf({ FieldSelectors }: AdvancedEventSelector, field: string): string | null {
  const values = FieldSelectors.find(({ Field }) => Field === field)?.Equals ?? []
  return values.length === 1 ? (values[0] ?? null) : null
}

const onResource = ({ FieldSelectors }: AdvancedEventSelector): boolean =>
  FieldSelectors.some(({ Field }) => Field.startsWith('resources.'))
