// Bluesky's own PDS and the directory of accounts (did:plc) that it needs, in one process on loopback.
// node bluesky.mjs <folder with node_modules> <folder for data> <port of the PDS> <port of the directory>
// Says "ready" on its standard output; ends when its standard input is closed, so that it never outlives the test.
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { Server } from 'node:net'
import { join } from 'node:path'

const [installed, data, port, directoryPort] = process.argv.slice(2)
const require = createRequire(join(installed, 'package.json'))

// Both packages listen on every address of the machine: here on none but this one.
const listen = Server.prototype.listen
Server.prototype.listen = function (first, ...rest) {
  return typeof first === 'number' ? listen.call(this, first, '127.0.0.1', ...rest) : listen.call(this, first, ...rest)
}

const { PDS, envToCfg, envToSecrets } = require('@atproto/pds')
const { Database, PlcServer } = require('@did-plc/server')

const secret = () => randomBytes(32).toString('hex')
const env = {
  devMode: true,
  hostname: 'localhost',
  port: Number(port),
  dataDirectory: data,
  blobstoreDiskLocation: join(data, 'blobs'),
  didPlcUrl: `http://127.0.0.1:${directoryPort}`,
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  rateLimitsEnabled: false,
  disableSsrfProtection: true,
  bskyAppViewUrl: 'https://nobody.invalid',
  bskyAppViewDid: 'did:web:nobody.invalid',
  adminPassword: secret(),
  jwtSecret: secret(),
  plcRotationKeyK256PrivateKeyHex: secret(),
}

const directory = PlcServer.create({ db: Database.mock(), port: Number(directoryPort) })
await directory.start()
const pds = await PDS.create(envToCfg(env), envToSecrets(env))
await pds.start()
console.log('ready')

process.stdin.resume().on('end', async () => {
  await pds.destroy()
  await directory.destroy()
  process.exit(0)
})
