/* eslint-disable no-template-curly-in-string -- a shell writes its variables so */
import { describe, expect, it } from 'vitest'
import { inputsOf, lookedUpAs } from '#shared/domain/runbook/inputs/inputs-of.ts'
import { titleOfName } from '#shared/domain/runbook/inputs/title.ts'
import { page } from './facts.ts'

/** The inputs of the last step of a page. */
function inputs(...steps: (string | readonly string[])[]) {
  const { runbook, codes } = page(steps)
  return inputsOf(codes.at(-1) ?? [], runbook)
}

describe('the inputs of a step', () => {
  it('has one input for each thing, however it is spelled', () => {
    const found = inputs([
      'kubectl -n <namespace> get pod <pod-name>',
      'kubectl -n $NAMESPACE logs {pod_name}; echo {{ $labels.namespace }} "$NS" $POD_NAME',
    ])
    expect(found.map(({ id, name, label }) => ({ id, name, label }))).toEqual([
      { id: 'namespace', name: 'namespace', label: 'namespace' },
      { id: 'pod', name: 'pod-name', label: null },
    ])
    expect(found[0]?.occurrences.map(({ code }) => code)).toEqual([0, 1, 1, 1])
    expect(found[0]?.occurrences.map(({ placeholder }) => placeholder.form)).toEqual([
      'angle',
      'variable',
      'template',
      'variable',
    ])
  })

  it('keeps apart what only sounds alike', () => {
    expect(
      inputs('kubectl -n <my-namespace> -n <namespace> get <virt-controller-pod> <pod>').map(
        ({ id }) => id,
      ),
    ).toEqual(['my_namespace', 'namespace', 'virt_controller_pod', 'pod'])
  })

  it('takes the label that the text names, in its several ways', () => {
    expect(
      inputs([
        "NODE='<value of instance label from alert>'",
        'VM_NAME=<alert name label>',
        'echo {{ $labels.instance }} {{ .Labels.mountpoint | toUpper }}',
      ]).map(({ id, name, label, description }) => ({ id, name, label, description })),
    ).toEqual([
      { id: 'instance', name: 'NODE', label: 'instance', description: null },
      { id: 'name', name: 'VM_NAME', label: 'name', description: null },
      { id: 'mountpoint', name: 'mountpoint', label: 'mountpoint', description: null },
    ])
  })

  it('is the description where a text says more than the name', () => {
    const found = inputs([
      "REPLICAS='<as many as before>'",
      "REPLICAS='<twice as many as now>'",
      "NODE='<name of the node>'",
      "NAMESPACE='<namespace of the pod>'",
      "PRIMARY='<name of the pod>'",
    ])
    expect(found.map(({ id, description }) => [id, description])).toEqual([
      ['replicas: as many as before', 'as many as before'],
      ['replicas: twice as many as now', 'twice as many as now'],
      ['node', null],
      ['namespace', null],
      ['primary: name of the pod', 'name of the pod'],
    ])
    expect(found.map(lookedUpAs)).toEqual([null, null, 'node', 'namespace', null])
  })

  it('reads phrases between angles', () => {
    const found = inputs('echo "<start of the incident>" "<name of the pod>"')
    expect(found.map(({ id }) => id)).toEqual(['start_of_the_incident', 'pod'])
    expect(found.map(lookedUpAs)).toEqual(['start_of_the_incident', 'pod'])
  })

  it('says which earlier step sets a variable', () => {
    const { runbook, codes } = page(['NS="$(kubectl get ns -o name)"', 'kubectl -n $NS get <pod>'])
    const [ns, pod] = inputsOf(codes.at(-1) ?? [], runbook)
    const first = runbook.steps[0]?.id ?? ''
    expect(ns).toMatchObject({ id: `NS of ${first}`, setBy: first })
    expect(pod).toMatchObject({ id: 'pod', setBy: null })
    expect(ns && lookedUpAs(ns)).toBeNull()
  })

  it('is the same input where an earlier step asks for the variable', () => {
    expect(
      inputs("NODE='<value of instance label from alert>'\necho $NODE", 'ssh $NODE')[0],
    ).toMatchObject({ id: 'instance', label: 'instance', setBy: null })
    expect(inputs("JOB='<name of the batch>'", 'echo $JOB')[0]).toMatchObject({
      id: 'job: name of the batch',
      setBy: null,
    })
    expect(inputs('NS=${NS:-default}', 'echo $NS')[0]).toMatchObject({
      id: 'namespace',
      fallback: 'default',
      setBy: null,
    })
    // A step that uses it and sets it anew does not ask for it.
    expect(inputs('echo $NS\nNS=$(kubectl get ns)', 'echo $NS')[0]?.setBy).not.toBeNull()
  })

  it('keeps a fallback that all places agree on', () => {
    expect(inputs('echo ${NS:-a} $NS')[0]?.fallback).toBe('a')
    expect(inputs('echo $NS ${NS:-a}')[0]?.fallback).toBe('a')
    expect(inputs('echo ${NS:-a} ${NS:-b}')[0]?.fallback).toBeNull()
  })

  it('tells what was measured from a label of that name', () => {
    expect(inputs('echo {{ $value | humanize }} {{ $labels.value }}').map(({ id }) => id)).toEqual([
      '$value',
      'value',
    ])
  })

  it('does not trip over a step that is not there', () => {
    const { runbook, codes } = page(['NS=$(ls)', 'echo $NS'])
    expect(inputsOf(codes.at(-1) ?? [], { ...runbook, steps: [] })[0]?.setBy).toBe(
      runbook.steps[0]?.id,
    )
  })
})

describe('the title of an input', () => {
  it.each([
    ['pod-name', 'Pod name'],
    ['PVC_NAME', 'PVC name'],
    ['maxSize', 'Max size'],
    ['start of the incident', 'Start of the incident'],
    ['__', '__'],
  ])('of %s is %s', (name, title) => {
    expect(titleOfName(name)).toBe(title)
  })
})
