/* eslint-disable no-template-curly-in-string -- the texts of a shell have these braces */
import { describe, expect, it } from 'vitest'
import { bind } from '#electron/runner/shell/bind.ts'
import { shellPlaceholders } from '#shared/domain/runbook/placeholders.ts'
import { parser } from './judge.ts'

/** Binds a text with the same value for all its placeholders. */
function bound(text: string, value: string | null = 'v1', names?: readonly string[]) {
  const { placeholders } = shellPlaceholders(text)
  const values = new Map(
    placeholders.flatMap(({ name }): [string, string][] =>
      value === null || (names && !names.includes(name)) ? [] : [[name, value]],
    ),
  )
  return bind({ run: text, placeholders }, values, parser)
}

const reason = (text: string, value?: string) => {
  const result = bound(text, value)
  return result.ok ? `bound: ${result.value.script}` : result.error.reason
}

describe('a command with values', () => {
  it('has them in its environment, and references to it in its text', () => {
    expect(bound('kubectl -n <ns> get pod/<pod> --context=$CTX')).toEqual({
      ok: true,
      value: {
        script:
          'kubectl -n "${DECKWATCH_V1}" get pod/"${DECKWATCH_V2}" --context="${DECKWATCH_V3}"',
        environment: { DECKWATCH_V1: 'v1', DECKWATCH_V2: 'v1', DECKWATCH_V3: 'v1' },
        shown: 'kubectl -n v1 get pod/v1 --context=v1',
        checked: new Set(['DECKWATCH_V1', 'DECKWATCH_V2', 'DECKWATCH_V3']),
      },
    })
  })

  it.each([
    ['ls <x> <x>', 'ls "${DECKWATCH_V1}" "${DECKWATCH_V1}"'],
    ['ls "<x>"', 'ls "${DECKWATCH_V1}"'],
    ["ls '<x>'", 'ls "${DECKWATCH_V1}"'],
    ['ls --a="<x>"', 'ls --a="${DECKWATCH_V1}"'],
    [
      'ls $X ${X} "$X" "a$X"',
      'ls "${DECKWATCH_V1}" "${DECKWATCH_V1}" "${DECKWATCH_V1}" "a${DECKWATCH_V1}"',
    ],
    ['ls ${X:-y}', 'ls "${DECKWATCH_V1}"'],
    ['A=<x> && ls $A', 'A="${DECKWATCH_V1}" && ls "$A"'],
    ['A=\'<x>\'; B=p-$A; ls $B "q$B"', 'A="${DECKWATCH_V1}"; B=p-"$A"; ls "$B" "q$B"'],
    ['export A=<x>; ls ${A}', 'export A="${DECKWATCH_V1}"; ls "${A}"'],
    ['ls "$(cat <x>)"', 'ls "$(cat "${DECKWATCH_V1}")"'],
    ['sudo -u root timeout 5 ls <x>', 'sudo -u root timeout 5 ls "${DECKWATCH_V1}"'],
    ['env A=b ls <x>', 'env A=b ls "${DECKWATCH_V1}"'],
    ['ssh -p 22 admin@<x> uptime', 'ssh -p 22 admin@"${DECKWATCH_V1}" uptime'],
    ['kubectl get node <x>', 'kubectl get node "${DECKWATCH_V1}"'],
    ['kubectl exec <x> -- cat <y>', 'kubectl exec "${DECKWATCH_V1}" -- cat "${DECKWATCH_V2}"'],
    ['docker exec <x> ls', 'docker exec "${DECKWATCH_V1}" ls'],
    ['find <x> -exec cat {} \\;', 'find "${DECKWATCH_V1}" -exec cat {} \\;'],
    ['find . -exec grep <x> {} +', 'find . -exec grep "${DECKWATCH_V1}" {} +'],
    ['ls | xargs kubectl -n <x> get', 'ls | xargs kubectl -n "${DECKWATCH_V1}" get'],
    ['psql -h <x> -c "select 1"', 'psql -h "${DECKWATCH_V1}" -c "select 1"'],
    ["jq --arg a <x> '.a'", 'jq --arg a "${DECKWATCH_V1}" \'.a\''],
    ['printf "%s" <x>', 'printf "%s" "${DECKWATCH_V1}"'],
    ['echo a # <x>', 'echo a # <x>'],
    ['ls', 'ls'],
  ])('%s', (text, script) => {
    expect(bound(text)).toMatchObject({ ok: true, value: { script } })
  })

  it('shows values as they would be typed, with quotes where they need some', () => {
    expect(bound('ls <x> "$Y-z"', '[a]')).toMatchObject({ value: { shown: `ls '[a]' "[a]-z"` } })
  })

  it('works out sums', () => {
    const result = bound('kubectl scale --replicas={n + 1} deploy/{n}', '3')
    expect(result).toMatchObject({ value: { shown: 'kubectl scale --replicas=4 deploy/3' } })
  })

  it('knows which of its variables are nothing but a checked value', () => {
    const checked = (text: string) => {
      const result = bound(text)
      return result.ok ? [...result.value.checked] : result.error.reason
    }
    expect(checked('A=<x>; find $A')).toEqual(['DECKWATCH_V1', 'A'])
    expect(checked('A=<x>; A=-delete; find $A')).toEqual(['DECKWATCH_V1'])
    expect(checked('A=a<x>; find $A')).toEqual(['DECKWATCH_V1'])
    expect(checked('A=<x>; for A in -delete; do find $A; done')).toEqual(['DECKWATCH_V1'])
  })

  it('takes what stands in the text where nothing is given', () => {
    expect(bound('ls ${X:-y}', null)).toMatchObject({
      value: { environment: { DECKWATCH_V1: 'y' } },
    })
  })
})

const program = /would read it as a part of a program/
describe('a value is refused', () => {
  it.each<[text: string, reason: RegExp]>([
    ['echo "a <x>"', /within quotes, together with something else/],
    ["echo 'a <x>'", /within quotes, together with something else/],
    ["grep 'a $' <x> 'b <y>'", /within quotes, together/],
    ['cat <<END\n<x>\nEND', /redirection or a here-document/],
    ['cat <<END\n$(ls <x>)\nEND', /redirection or a here-document/],
    ['ls > <x>', /redirection or a here-document/],
    ['cat <<< <x>', /redirection or a here-document/],
    ['<x> a', /decides which program runs/],
    ['sudo <x> a', /decides which program runs/],
    ['find . -exec <x> {} +', /decides which program runs/],
    ['$PROGRAM <x>', /decides which program runs/],
    ['$(which ls) <x>', /only known when it runs/],
    ['echo $((<x> + 1))', /calculation/],
    ['echo $(( $(cat <x>) ))', /calculation/],
    ['(( a = <x> ))', /calculation|valid shell/],
    ['let a=<x>', /calculation|name for the shell|assign/],
    ['[[ -v <x> ]]', /comparison/],
    ['[[ <x> -eq 1 ]]', /comparison/],
    ['[ -n <x> ]', /The shell's \[ would read/],
    ['test -v <x>', /The shell's test would read/],
    ['read <x>', /The shell's read/],
    ['unset <x>', /The shell's unset/],
    ['eval ls <x>', /The shell's eval/],
    ['source <x>', /The shell's source/],
    ['. <x>', /The shell's \./],
    ['trap <x> EXIT', /The shell's trap/],
    ['set -- <x>', /The shell's set/],
    ['printf <x>', /format or a name/],
    ['printf -v a %s <x>', /format or a name/],
    ['declare -i A=<x>', /variable with options/],
    ['export <x>=a', /name|argument/],
    ['<x>=a', /decides which program runs|name/],
    ['A=(<x>)', /list/],
    ['a[<x>]=1', /calculation|list|name/],
    ['PATH=<x>', /PATH decides/],
    ['LD_PRELOAD=<x> ls', /LD_PRELOAD decides/],
    ['for i in <x>; do ls; done', /list of a loop/],
    ['case <x> in a) ls ;; esac', /no argument of a command/],
    ['case a in <x>) ls ;; esac', /pattern/],
    ['echo {a,<x>}', /braces/],
    ['echo ${y:-<x>}', /expansion of a variable/],
    ['echo `ls <x>`', /backquotes/],
    ['<x>() { ls; }', /name|function|program/],
    ['f() { eval "$1"; }; f <x>', /function of this text/],
    ['sh <x>', program],
    ['bash -c ls <x>', program],
    ['sudo sh -c ls <x>', program],
    ['python <x>', program],
    ['perl -e 1 <x>', program],
    ['awk -f a <x>', program],
    ['sed -n <x> file', program],
    ['jq <x>', program],
    ['watch ls <x>', program],
    ['su -c <x>', program],
    ['make <x>', program],
    ['ls | xargs sh -c <x>', program],
    ['find . -exec sh -c <x> \\;', program],
    ['kubectl exec p -- sh -c <x>', program],
    ['docker exec p bash -c <x>', program],
    ['docker run image sh -c <x>', program],
    ['timeout 5 bash -c <x>', program],
    ['timeout <x> ls', /option of timeout/],
    ['sudo -u <x> ls', /option of sudo/],
    ['env A=<x> ls', /option of env/],
    ['ls | xargs -I <x> ls', /option of xargs/],
    ['ssh host ls <x>', /other machine's shell/],
    ['ssh -o ProxyCommand=<x> host', /option of ssh/],
    ['ssh -F <x> host uptime', /option of ssh/],
    ['psql -c <x>', /part of a statement/],
    ['mysql -h h -e <x>', /part of a statement/],
    ['git -c <x> log', /could run a command/],
    ['tar -I <x> -tf a', /could run a command/],
    ['curl --config=<x>', /could run a command/],
    ['kubectl --kubeconfig <x> get pods', /could run a command/],
    ['echo ${X%.*}', /makes something else/],
    ['A=<x>; echo $((A))', /carries a value.*calculation/],
    ['A=<x>; echo ${A%.*}', /makes something else of A/],
    ['A=<x>; [[ $A -eq 1 ]]', /A carries a value/],
    ['A=<x>; bash -c "ls $A"', /A carries a value/],
    ["export A=<x>; bash -c 'ls $A'", /A carries a value/],
    ['A=<x>; eval ls $A', /A carries a value/],
    ['A=<x>; $A', /A carries a value/],
    ['A=<x>; B=$A; for i in $B; do ls; done', /B carries a value/],
    ['A=<x>; cat <<< $A', /A carries a value/],
    ['A=<x>; read A', /by its name/],
    ['A=<x>; N=A; ls ${!N}', /makes something else|by its name/],
    ['declare -i A; A=<x>', /by its name/],
    ['echo DECKWATCH_V1 <x>', /Deckwatch's own/],
    ['echo "<x>', /valid shell/],
    ['ls {{ $value | humanize }}', /does not work out/],
  ])('%s', (text, words) => {
    expect(reason(text)).toMatch(words)
  })

  it.each([
    ['ls <x>', '-rf', /starts with "-"/],
    ['ls <x>', '$(x)', /has "\$" in it/],
    ['curl http://host/<x>', 'a/b', /web address/],
    ['curl http://<x>/', 'a@b', /web address/],
    ['ls {n + 1}', 'x', /can't be worked out/],
  ])('%s with %s', (text, value, words) => {
    expect(reason(text, value)).toMatch(words)
  })

  it('where one is missing, and says which', () => {
    expect(bound('ls <a> <b>', 'v', ['a'])).toMatchObject({
      error: { reason: 'The value of b is missing.', placeholder: { name: 'b' } },
    })
  })
})
