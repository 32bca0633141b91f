// Scripts print only their own output (`reporter: silent`), so the first install says here that it runs.
const { existsSync } = require('node:fs')
const { join } = require('node:path')

if (!existsSync(join(__dirname, 'node_modules', '.modules.yaml')) && !process.env.AITOKEN_INSTALLING) {
  process.env.AITOKEN_INSTALLING = '1'
  process.stderr.write(
    'Installing dependencies, about a minute the first time. Should it fail, this says why: npx --yes pnpm@10 install --reporter=append-only\n',
  )
}

module.exports = {}
