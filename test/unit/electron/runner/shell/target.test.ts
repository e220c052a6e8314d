/* eslint-disable no-template-curly-in-string -- the texts of a shell have these braces */
import { describe, expect, it } from 'vitest'
import { targetOf } from '#electron/runner/shell/target.ts'
import { parser } from './judge.ts'

function target(text: string, environment?: Readonly<Record<string, string>>) {
  const parsed = parser(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return targetOf(parsed.value, environment)
}

describe('what a command acts on', () => {
  it.each([
    ['kubectl --context prod -n x get pod/a', 'cluster prod, namespace x, resource pod/a'],
    ['kubectl logs -nx deploy/a -c app --tail 5', 'namespace x, resource deploy/a'],
    ['kubectl get po -oname', 'resource po'],
    ['oc -n x delete pod a', 'namespace x, resource pod a'],
    ['kubectl exec -n x p -- ls /data', 'namespace x, resource p'],
    ['kubectl patch vm a --type json -p "[]"', 'resource vm a'],
    ['kubectl top nodes', 'what kubectl is set up for'],
    ['kubectl config view', 'what kubectl is set up for'],
    ['helm -n x --kube-context prod status api', 'cluster prod, namespace x'],
    ['virtctl restart vm1 -n x', 'namespace x, resource vm1'],
    ['ssh -p 22 admin@host uptime', 'host admin@host'],
    ['curl -s https://user:secret@example.org:8443/x?y', 'server example.org:8443'],
    ['docker restart -t 5 api', 'container api'],
    ['docker ps', 'what docker is set up for'],
    ['sudo systemctl restart nginx', 'service nginx'],
    ['sudo -u postgres psql -h db -c "select 1"', 'as user postgres, database on db'],
    ['journalctl -fu kubelet', 'service kubelet'],
    ['service nginx status', 'service nginx'],
    [
      'aws --profile prod --region eu-west-1 ec2 describe-instances',
      'account prod, region eu-west-1',
    ],
    ['gcloud --project p compute instances list --zone z', 'account p, region z'],
    ['az vm list --subscription s', 'account s'],
    ['etcdctl endpoint health', 'what etcdctl is set up for'],
    ['ls | xargs kubectl -n x get pod', 'namespace x, resource pod what comes out of the pipe'],
    ['timeout 5 env A=b kubectl -n x get pods', 'namespace x, resource pods'],
    ['df -h', 'this machine'],
    ['$X', 'this machine'],
  ])('%s: %s', (text, words) => {
    expect(target(text).words).toBe(words)
  })

  it('names each thing once, with the values that are put in', () => {
    const text = 'kubectl -n "${V}" get pod; kubectl -n "${V}" get pod/"${W}"'
    expect(target(text, { V: 'x' })).toMatchObject({
      targets: [
        { kind: 'namespace', value: 'x' },
        { kind: 'resource', value: 'pod' },
        { kind: 'resource', value: 'pod/${W}' },
      ],
    })
  })

  it('says where a cluster has to be pinned', () => {
    const text = 'kubectl get pods && sudo helm list | oc get x'
    const pins = target(text).missingPins
    expect(pins.map(({ program, option }) => [program, option])).toEqual([
      ['kubectl', '--context'],
      ['helm', '--kube-context'],
      ['oc', '--context'],
    ])
    let pinned = text
    for (const { option, at } of pins.toReversed())
      pinned = `${pinned.slice(0, at)} ${option}=c${pinned.slice(at)}`
    expect(pinned).toBe(
      'kubectl --context=c get pods && sudo helm --kube-context=c list | oc --context=c get x',
    )
  })

  it.each([
    'kubectl --context=a get pods',
    'kubectl get pods --context a',
    'kubectl --kubeconfig f get pods',
    'kubectl config view',
    'helm --kube-context a list',
    'KUBECONFIG=f kubectl get pods',
    'df',
  ])('has nothing to pin in: %s', (text) => {
    expect(target(text).missingPins).toEqual([])
  })

  it('pins what is behind --context of another program', () => {
    expect(target('kubectl exec p -- kubectl --context a get x').missingPins).toMatchObject([
      { at: 7 },
    ])
  })

  it('is shown with the value that a variable of the text carries', () => {
    const values = { V1: 'shop', V2: 'pod-7' }
    const lines = (...all: readonly string[]) => all.join('\n')
    const used = 'kubectl -n "$NS" get pod "${POD}"'
    expect(target(lines('NS="${V1}"', 'POD=${V2}', used), values).words).toBe(
      'namespace shop, resource pod pod-7',
    )
    // What is set again, or to more than a value, is only known when it runs.
    expect(target(lines('NS="${V1}"', 'NS=other', 'POD="x-${V2}"', used), values).words).toBe(
      'namespace $NS, resource pod ${POD}',
    )
  })
})
