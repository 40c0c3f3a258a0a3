import { describe, expect, it } from 'vitest'

import { openRoom, openServer } from '../support/live-server.ts'

const scope = (key: string) =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260314/eu-west-3/cloudtrail/aws4_request, SignedHeaders=host, Signature=0`

async function ask(port: number | null, key: string, operation: string) {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    body: '{}',
    headers: {
      authorization: scope(key),
      'x-amz-target': `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.${operation}`,
    },
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('AWS’s own command line', () => {
  it('[NET-20] looks into a room by the room’s code, and into nothing else', async () => {
    const server = await openServer({ AWS_API_PORT: '0' })
    try {
      const { code } = await openRoom(server.port)
      const described = await ask(server.awsPort, `AKIA${code}`, 'DescribeTrails')
      expect(described).toMatchObject({ status: 200, body: { trailList: [{ Name: 'police-logbook' }] } })
      const keys = await ask(server.awsPort, `AKIA${code}`, 'ListPublicKeys')
      expect(keys.body['PublicKeyList']).toHaveLength(1)
      expect((await ask(server.awsPort, 'AKIAZZZZZZ', 'DescribeTrails')).status).toBe(403)
      const bucket = await fetch(`http://127.0.0.1:${server.awsPort}/police-logbook-archive?location`, {
        headers: { authorization: scope(`AKIA${code}`) },
      })
      expect(await bucket.text()).toContain('eu-west-3')
    } finally {
      await server.close()
    }
  })

  it('[NET-20] is not served unless the operator asks for it', async () => {
    const server = await openServer()
    expect(server.awsPort).toBeNull()
    await server.close()
  })
})
