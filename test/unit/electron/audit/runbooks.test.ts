import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anchorsOf } from '#electron/audit/runbooks/anchors.ts'
import { checkLink, toMapAddress } from '#electron/audit/runbooks/check-links.ts'
import { readSite } from '#electron/audit/runbooks/folder.ts'
import { readPage } from '#electron/audit/runbooks/page.ts'
import { createSite, type SiteStyle } from '#electron/audit/runbooks/site.ts'

const found = { status: 'found' }
const missing = (hint: string | null = null) => ({
  status: 'missing',
  why: 'there is no such page',
  hint,
})

function site(style: SiteStyle, pages: Readonly<Record<string, string>>) {
  return createSite(
    Object.entries(pages).map(([path, text]) => readPage(path, text)),
    style,
  )
}

describe('anchors of a page', () => {
  it('are those that GitHub makes of its headings', () => {
    const text = `# The \`disk\` is full!
## What's next?
## What's next?
Under _lined_ words
===
### [Roll back](x.md) *now*
## Größe der Platte
## Named {#own-id}
<a name="by-hand"></a>
    # no heading
- a list
---
\`\`\`sh
# a comment of a shell
\`\`\`
~~~
## nor this
~~~
# After #
#no-heading
`
    expect([...anchorsOf(text)]).toEqual([
      'the-disk-is-full',
      'whats-next',
      'whats-next-1',
      'under-lined-words',
      'roll-back-now',
      'größe-der-platte',
      'own-id',
      'by-hand',
      'after',
    ])
  })
})

describe("a site of Hugo's", () => {
  const hugo = site('hugo', {
    '_index.md': '',
    'node/_index.md': '',
    'node/DiskFull.md': '# Disk full\n## Diagnosis\n',
    'node/Old Name.md': '---\nslug: new-name\naliases: [/disk, other]\n---\n# Moved\n',
    'node/Draft.md': '---\ndraft: true\n---\n',
    'own.md': '---\nurl: /quite/elsewhere/\n---\n',
    'broken.md': '---\na: [\n---\n# Still a page\n',
  })

  it.each([
    ['/node/diskfull', found],
    ['/node/diskfull/', found],
    ['/node/diskfull/index.html', found],
    ['/node', found],
    ['', found],
    ['/node/new-name', found],
    ['/quite/elsewhere', found],
    ['/broken', found],
    ['/disk/', { status: 'moved', to: 'node/new-name' }],
    ['/node/other', { status: 'moved', to: 'node/new-name' }],
    // A server tells capitals from small letters.
    ['/node/DiskFull', missing('There is node/diskfull: link to it.')],
    ['/kubernetes/diskfull', missing('There is node/diskfull: link to it.')],
    ['/node/disk-full', missing('Did you mean node/diskfull?')],
    ['/node/old-name', missing('Did you mean node/new-name?')],
    ['/node/somethingelse', missing()],
    ['/../etc/passwd', missing()],
    [
      '/node/draft',
      { status: 'missing', why: 'this page is a draft, which is not published', hint: null },
    ],
  ])('%s', (path, answer) => {
    expect(hugo.resolve(path, null)).toEqual(answer)
  })

  it('knows the headings of its pages', () => {
    expect(hugo.resolve('/node/diskfull', 'diagnosis')).toEqual(found)
    expect(hugo.resolve('/node/diskfull', 'diagnossis')).toEqual({
      status: 'missing',
      why: 'the page is there, and has no heading #diagnossis',
      hint: 'Did you mean #diagnosis?',
    })
  })
})

describe('a folder of files', () => {
  const files = site('files', { 'web/Slow.md': '## Back\n', 'web/README.md': '', 'a b.md': '' })

  it.each([
    ['web/Slow.md', found],
    ['web/Slow', found],
    ['web/Slow/', found],
    ['web/Slow.html', found],
    ['web', found],
    ['a b.md', found],
    ['web/slow.md', missing('There is web/Slow.md: link to it.')],
  ])('%s', (path, answer) => {
    expect(files.resolve(path, null)).toEqual(answer)
  })

  it('is what links of plans lead to', () => {
    const known = { maps: [], runbooks: files }
    expect(checkLink('web/Slow.md#back', known)).toEqual(found)
    expect(checkLink('./runbooks/web/Slow.md', known)).toEqual(found)
    expect(checkLink('a%20b.md', known)).toEqual(found)
    expect(checkLink('web/Slow.md#forth', known).status).toBe('missing')
    expect(checkLink('Restart it, then wait.', known).status).toBe('unchecked')
    expect(checkLink('mailto:a@example.com', known).status).toBe('unchecked')
    expect(checkLink('web/Slow.md', { maps: [], runbooks: null })).toMatchObject({
      status: 'missing',
      why: 'the playbook has no folder runbooks/',
    })
  })
})

describe('an address that is mapped', () => {
  const known = {
    maps: [
      { address: 'https://docs.example', site: site('files', { 'a.md': '# A\n' }) },
      { address: 'https://docs.example/runbooks', site: site('hugo', { 'B.md': '' }) },
    ],
    runbooks: null,
  }

  it.each([
    ['https://docs.example/a#a', 'found'],
    ['https://DOCS.example:443/a?x=1', 'found'],
    ['https://docs.example/runbooks/b', 'found'],
    ['https://docs.example/runbooks/a', 'missing'],
    ['https://docs.example/%zz', 'missing'],
    ['https://docs.example.evil/a', 'unchecked'],
    ['http://docs.example/a', 'unchecked'],
    ['https://other.example/a', 'unchecked'],
    ['https://', 'missing'],
  ])('%s is %s', (link, status) => {
    expect(checkLink(link, known).status).toBe(status)
  })

  it('is written with or without a slash at its end', () => {
    expect(toMapAddress('https://Docs.example/runbooks//')).toBe('https://docs.example/runbooks')
    expect(toMapAddress('ftp://docs.example')).toBeNull()
    expect(toMapAddress('docs')).toBeNull()
  })
})

describe('the folder of a site', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deckwatch-runbooks-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })
  const write = (path: string, text = '# A\n') => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const resolve = async (path: string) => {
    const read = await readSite(folder)
    if (!read.ok) throw new Error(read.error)
    return read.value.resolve(path, null).status
  }

  it('is one of files, unless it looks like content of Hugo', async () => {
    write('node/Disk.md')
    write('.git/Hidden.md')
    expect([await resolve('node/Disk'), await resolve('node/disk')]).toEqual(['found', 'missing'])
    expect(await resolve('.git/Hidden')).toBe('missing')
    write('node/_index.md')
    expect([await resolve('node/Disk'), await resolve('node/disk')]).toEqual(['missing', 'found'])
  })

  it('is that of the content where the whole of Hugo is named', async () => {
    write('content/node/Disk.md')
    write('README.md')
    expect([await resolve('node/disk'), await resolve('README')]).toEqual(['found', 'missing'])
  })

  it('is said not to be there', async () => {
    expect(await readSite(join(folder, 'none'))).toMatchObject({ ok: false })
  })
})
