import type { AwsCity } from './city-port.ts'
import type { Element } from './xml.ts'
import { toXml } from './xml.ts'

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'
const MAX_KEYS = 1000

/** An answer of S3: XML or an object's bytes. */
export interface S3Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

type Query = Readonly<Record<string, string | undefined>>

/** GetBucketLocation or ListObjects (version 1), as the query says. */
export function answerBucket(city: AwsCity, bucket: string, query: Query): S3Answer {
  const region = city.bucketRegion(bucket)
  if (region === null) return toError('NoSuchBucket', 'The specified bucket does not exist', bucket)
  // The oldest Region has no name here.
  if (query['location'] !== undefined) return toAnswer(['LocationConstraint', region === 'us-east-1' ? '' : region])
  return toAnswer(['ListBucketResult', listObjects(city, bucket, query)])
}

/** GetObject. The bytes are sent as they are: a log file is a gzip, not a gzipped transfer. */
export function answerObject(city: AwsCity, bucket: string, key: string): S3Answer {
  if (city.bucketRegion(bucket) === null) {
    return toError('NoSuchBucket', 'The specified bucket does not exist', bucket)
  }
  const object = city.objects.get({ bucket, key })
  if (object === undefined) return toError('NoSuchKey', 'The specified key does not exist.', key)
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])
  const headers = { 'content-type': 'application/x-gzip', ...Object.fromEntries(metadata) }
  return { status: 200, headers, body: object.bytes }
}

function listObjects(city: AwsCity, bucket: string, query: Query): Element[] {
  const { prefix = '', marker = '' } = query
  const limit = Math.min(MAX_KEYS, Number(query['max-keys'] ?? MAX_KEYS))
  const encode = query['encoding-type'] === 'url' ? encodeKey : (text: string) => text
  const found = city.objects.keys(bucket).filter((key) => key.startsWith(prefix) && key > marker)
  const page = found.slice(0, limit)
  return [
    ['Name', bucket],
    ['Prefix', encode(prefix)],
    ['Marker', encode(marker)],
    ['MaxKeys', String(limit)],
    ...(query['encoding-type'] === 'url' ? [['EncodingType', 'url'] as const] : []),
    ['IsTruncated', String(page.length < found.length)],
    ...page.map((key): Element => [
      'Contents',
      [
        ['Key', encode(key)],
        ['Size', sizeOf(city, bucket, key)],
      ],
    ]),
  ]
}

const sizeOf = (city: AwsCity, bucket: string, key: string): string =>
  String(city.objects.get({ bucket, key })?.bytes.length ?? 0)

const encodeKey = (key: string): string => encodeURIComponent(key).replaceAll('%2F', '/')

const toAnswer = (element: Element): S3Answer => ({ status: 200, headers: XML, body: toXml(element, NAMESPACE) })

function toError(code: string, message: string, resource: string): S3Answer {
  const details: Element[] = [
    ['Code', code],
    ['Message', message],
    ['Resource', resource],
  ]
  return { status: 404, headers: XML, body: toXml(['Error', details]) }
}

const XML = { 'content-type': 'application/xml' }
