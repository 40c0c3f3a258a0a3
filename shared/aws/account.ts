/** The one imaginary account in which every city lives. No code ever holds a real credential. */
export const ACCOUNT_ID = '111122223333'
/** The Region of whatever belongs to the whole city; a district's own Region stands in the map. */
export const HOME_REGION = 'eu-west-3'

/** `arn:aws:<service>:<region>:<account>:<resource>`, compared as plain text. */
export const toArn = (service: string, resource: string, region = HOME_REGION): string =>
  `arn:aws:${service}:${region}:${ACCOUNT_ID}:${resource}`

export const alarmArn = (name: string) => toArn('cloudwatch', `alarm:${name}`)
export const trailArn = (name: string, region = HOME_REGION) => toArn('cloudtrail', `trail/${name}`, region)
export const functionArn = (name: string) => toArn('lambda', `function:${name}`)
export const busArn = (name: string) => toArn('events', `event-bus/${name}`)
export const ruleArn = (name: string, bus = 'default') =>
  toArn('events', bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`)
export const vehicleArn = (plate: string) => toArn('city', `vehicle/${plate}`)
