import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ValidationRequest } from '../../server/services/trail/validate.ts'
import { toIsoSeconds } from '../../shared/time.ts'

const DEBIAN_CLI = '/usr/bin/aws'
const PLUGIN_FOLDER = fileURLToPath(new URL('aws-cli', import.meta.url))

/** AWS's own command line, told to talk to a city on this machine. */
export interface AwsCli {
  readonly version: string
  run(endpoint: string, args: readonly string[]): Promise<CliResult>
  close(): void
}

export interface CliResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Finds AWS's command line (`AWS_CLI` may name another); on Debian, where it is missing, installs it and says so. */
export function openAwsCli(): AwsCli {
  const command = process.env['AWS_CLI'] ?? findCommand() ?? installOnDebian()
  const version = execFileSync(command, ['--version'], { encoding: 'utf8' }).trim()
  const folder = mkdtempSync(join(tmpdir(), 'city-aws-'))
  const config = join(folder, 'config')
  writeFileSync(
    config,
    isOld(version) ? `[plugins]\ncli_legacy_plugin_path = ${PLUGIN_FOLDER}\ncity = city_endpoint\n` : '',
  )
  return {
    version,
    run: (endpoint, args) => runCommand(command, args, { ...cityEnvironment(config), AWS_ENDPOINT_URL: endpoint }),
    close: () => rmSync(folder, { recursive: true }),
  }
}

/** The arguments of `aws cloudtrail validate-logs` for what our own validator is asked. */
export function toCliArguments(request: Omit<ValidationRequest, 'publicKeys'>): string[] {
  const { trailArn, region, startTime, endTime, bucket, prefix } = request
  const options = {
    'trail-arn': trailArn,
    region: region ?? trailArn.split(':')[3] ?? '',
    'start-time': toIsoSeconds(startTime),
    'end-time': toIsoSeconds(endTime),
    's3-bucket': bucket,
    ...(prefix === undefined ? {} : { 's3-prefix': prefix }),
  }
  return [
    'cloudtrail',
    'validate-logs',
    '--verbose',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
  ]
}

function findCommand(): string | null {
  if (existsSync(DEBIAN_CLI)) return DEBIAN_CLI
  try {
    return execFileSync('sh', ['-c', 'command -v aws'], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
}

function installOnDebian(): string {
  if (!existsSync('/etc/debian_version')) throw new Error('This test needs the AWS command line (`aws`).')
  console.log('Installing the package awscli: the test runs AWS’s own validator.')
  const apt = (...args: string[]) =>
    execFileSync('/usr/bin/apt-get', ['--quiet', '--yes', ...args], { stdio: 'inherit' })
  apt('update')
  apt('install', '--no-install-recommends', 'awscli')
  return DEBIAN_CLI
}

/** Version 1 of 2023 and later and version 2.13 and later read AWS_ENDPOINT_URL themselves. */
function isOld(version: string): boolean {
  const [, major = '0', minor = '0'] = /aws-cli\/(\d+)\.(\d+)/.exec(version) ?? []
  return major === '2' ? Number(minor) < 13 : Number(minor) < 29
}

/** No real credential, no metadata service, no configuration of whoever runs the tests. */
const cityEnvironment = (config: string) => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? tmpdir(),
  LC_ALL: 'C.UTF-8',
  AWS_CONFIG_FILE: config,
  AWS_SHARED_CREDENTIALS_FILE: config,
  AWS_ACCESS_KEY_ID: 'AKIACITYTEST',
  AWS_SECRET_ACCESS_KEY: 'no-secret',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
  PYTHONDONTWRITEBYTECODE: '1',
})

const runCommand = (command: string, args: readonly string[], env: Record<string, string>): Promise<CliResult> =>
  new Promise((resolve) => {
    execFile(command, args, { env }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
