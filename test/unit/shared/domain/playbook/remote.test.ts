import { describe, expect, it } from 'vitest'
import { isBranchName, isInnerPath, readRemote } from '#shared/domain/playbook/remote.ts'

describe('the address of a repository', () => {
  it.each([
    'https://git.example/team/playbook.git',
    'https://git.example:8443/playbook',
    'ssh://git@git.example:22/team/playbook.git',
    'ssh://[::1]:2222/playbook.git',
    'git@git.example:team/playbook.git',
    'git.example:playbook',
    'file:///srv/playbook.git',
  ])('%s is taken as it is', (url) => {
    expect(readRemote(` ${url} `)).toEqual({ ok: true, value: { url } })
  })

  it.each([
    ['', 'a repository is written as'],
    ['--upload-pack=touch /tmp/x', 'no spaces'],
    ['--upload-pack=x', 'a repository is written as'],
    ['ext::sh -c x', 'no spaces'],
    ['ext::sh', 'a repository is written as'],
    ['ext://sh', 'not by ext'],
    ['git://git.example/a', 'not by git'],
    ['http://git.example/a', 'use https'],
    ['ssh://-oProxyCommand=x/a', 'a repository is written as'],
    ['ssh://-oProxyCommand=x@h/a', 'a repository is written as'],
    ['-oProxyCommand=x@h:a', 'a repository is written as'],
    ['git.example:-a', 'a repository is written as'],
    ['https:///a', 'a repository is written as'],
    ['file://server/a', 'three slashes'],
    ['/srv/playbook', 'a repository is written as'],
    ['C:\\playbook', 'write folder:'],
    ['https://git.example/a\u0000b', 'no spaces'],
    ['a'.repeat(2_000), 'a repository is written as'],
  ])('%s is refused: %s', (text, why) => {
    const read = readRemote(text)
    expect(read.ok ? '' : read.error).toContain(why)
  })

  it('has no password in it, and none is repeated', () => {
    for (const url of ['https://ada:s3cret@git.example/a', 'https://s3cret@git.example/a']) {
      const read = readRemote(url)
      expect(read.ok ? '' : read.error).toContain('credential helper')
      expect(JSON.stringify(read)).not.toContain('s3cret')
    }
  })
})

describe('what Git takes for an option or a way out', () => {
  it('is the name of no branch', () => {
    for (const name of ['main', 'release/1.2', 'ada@home']) expect(isBranchName(name)).toBe(true)
    for (const name of [
      '',
      '-x',
      '--upload-pack=x',
      'a..b',
      'a b',
      'a~1',
      'a:b',
      '/a',
      'a/',
      'a.',
    ]) {
      expect(isBranchName(name)).toBe(false)
    }
    for (const name of ['@', 'a@{1}', 'a.lock', 'a//b', 'a/.b', 'a\nb', '*']) {
      expect(isBranchName(name)).toBe(false)
    }
  })

  it('is no folder of a repository', () => {
    for (const path of ['playbook', 'teams/payments', '.github'])
      expect(isInnerPath(path)).toBe(true)
    for (const path of [
      '',
      '/',
      '..',
      'a/../b',
      'a//b',
      '.git',
      'a/.GIT',
      'a\\b',
      'c:d',
      'a\u0000',
    ]) {
      expect(isInnerPath(path)).toBe(false)
    }
  })
})
