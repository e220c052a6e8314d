/** What a part of a runbook is for, by its headings. */
export type Phase = 'context' | 'diagnose' | 'act' | 'escalate' | 'tell' | 'after'

/** Something of a runbook that could not be read as it was meant. It stays in the text. */
export interface Finding {
  /** Counted from 1. */
  readonly line: number
  readonly message: string
}

/**
 * A piece of the source. The texts of all blocks, joined, are the source. Offsets are UTF-16 units
 * from the start of the file; `end` is the next block's `start`.
 */
export interface Block {
  readonly kind: 'front-matter' | 'heading' | 'prose' | 'code'
  readonly start: number
  readonly end: number
  /** The line on which it starts, counted from 1. */
  readonly line: number
  /** Exactly as it is written, with line ends, indentation and the marks of lists. */
  readonly text: string
  /** The same as Markdown that stands by itself: without the marks and the indentation of a list around it. */
  readonly content: string
}

/** How a placeholder is written. */
export type PlaceholderForm =
  /** `<name>` */
  | 'angle'
  /** `{name}` or `{name + 1}` */
  | 'brace'
  /** `$NAME` or `${NAME}`, unset until then. */
  | 'variable'
  /** `{{ $labels.name }}`, `{{ $value }}` */
  | 'template'
  /** `NAME='<value of namespace label from alert>'`: `NAME` is asked for, once. */
  | 'input'

/** What has to be filled in before a text can be used. */
export interface Placeholder {
  /** `namespace`, `NODE_NAME`, `current_replicas`; for `<start of the incident>` what stands inside. */
  readonly name: string
  readonly form: PlaceholderForm
  /** Where what has to be replaced stands in the text that has it, in UTF-16 units; `end` is excluded. */
  readonly start: number
  readonly end: number
  /** The label of the alert that it is filled from, where the text says so. */
  readonly label: string | null
  /** What is worked out of it: `current_replicas + 1`, `$value | humanizePercentage`. */
  readonly expression: string | null
  /** What a person is to enter, as the text says it. */
  readonly description: string | null
  /** The value without one: `${NAME:-value}`. */
  readonly fallback: string | null
  /** The id of the earlier step that sets the variable; null: none does. */
  readonly setBy: string | null
}

/** How much harm a command can do; what says nothing counts as `change`. */
export type Risk = 'read' | 'change' | 'destroy'

/** What the author says of a command, a query or a check, in the info string of its fence. */
export interface CodeAttributes {
  readonly name: string | null
  readonly risk: Risk | null
  /** Time-out in ms. */
  readonly timeout: number | null
  /** The variable that keeps its output. */
  readonly capture: string | null
  /** What shows that it went well, such as `exit=0`. */
  readonly expect: string | null
  /** When it applies, such as `cpu > 90`. */
  readonly when: string | null
  /** The name of the place that a query is sent to. */
  readonly at: string | null
  /** How far back a query of logs looks, ms. */
  readonly since: number | null
}

/** Code of a step. */
export interface Code {
  /**
   * `command`: a shell can run it. `query`: PromQL, or of the kind that its language says. `check`:
   * of a server, of the kind that its language says. `copy`: can only be copied.
   */
  readonly kind: 'command' | 'query' | 'check' | 'copy'
  /** As the fence says it, in small letters; null: it says nothing. */
  readonly language: string | null
  /** What would run, or be copied: without prompts, comments around them and the expected output. */
  readonly run: string
  /** What it is expected to print, where the text shows it. */
  readonly output: string | null
  readonly attributes: CodeAttributes
  /** In `run`. */
  readonly placeholders: readonly Placeholder[]
  /** True for code within a sentence. */
  readonly inline: boolean
  /** Where it stands in the source, its fences included. */
  readonly start: number
  readonly end: number
  readonly line: number
}

/** A link; its address is as the author wrote it, whatever that is. */
export interface Link {
  readonly text: string
  readonly url: string
  readonly start: number
  readonly end: number
}

/** What `[text][label]` leads to, wherever on the page it is written; of two, the first counts. */
export interface Definition {
  /** What is written between the brackets, in small letters. */
  readonly label: string
  /** As the author wrote it, whatever that is. */
  readonly url: string
}

/** `- [ ]`: something to tick. */
export interface Check {
  readonly text: string
  /** As the file has it. */
  readonly checked: boolean
  readonly start: number
  readonly end: number
}

/** "If … do this. Otherwise do that." */
export interface Decision {
  readonly condition: string
  readonly yes: string
  readonly no: string
  /** Where the paragraph or the items that say it stand in the source. */
  readonly start: number
  readonly end: number
}

/** One thing to do. */
export interface Step {
  /** Made of its text and its headings: edits elsewhere do not change it. */
  readonly id: string
  /** One line of plain text. */
  readonly title: string
  /** Null: no heading says it. */
  readonly phase: Phase | null
  /** The id of the section it stands in; null before the first heading. */
  readonly section: string | null
  /** The id of the part it belongs to; null: it is for every alert of the file. */
  readonly part: string | null
  readonly line: number
  /** Its blocks are those of the runbook from index `from` to `until`, which is excluded. */
  readonly from: number
  readonly until: number
  readonly commands: readonly Code[]
  readonly queries: readonly Code[]
  /** Checks of servers: `http`, `dns`, `tcp` and `tls`. What is to be ticked is in `checks`. */
  readonly probes: readonly Code[]
  /** What can only be copied: fences without a shell's name, and code within sentences. */
  readonly copies: readonly Code[]
  /** Templates in its prose, such as `{{ $labels.instance }}`; offsets are those of the source. */
  readonly mentions: readonly Placeholder[]
  readonly links: readonly Link[]
  readonly checks: readonly Check[]
  readonly decisions: readonly Decision[]
}

/** A heading and what stands below it. */
export interface Section {
  /** The anchor that a site would make of it: `switch-processor`. */
  readonly id: string
  readonly title: string
  /** 1 to 6. */
  readonly level: number
  readonly phase: Phase | null
  readonly part: string | null
  /** The id of the section around it. */
  readonly parent: string | null
  readonly line: number
  /** Its blocks, the heading first, up to the next heading of any level. */
  readonly from: number
  readonly until: number
}

/** What a file of several alerts says of one of them. */
export interface Part {
  /** The id of its section. */
  readonly id: string
  readonly alert: string
}

/** A variable that the front matter declares. */
export interface Variable {
  readonly name: string
  /** Its value, or the label it is filled from. */
  readonly value: string | null
}

/** A runbook as it was read. Plain data. */
export interface Runbook {
  readonly path: string
  readonly title: string
  /** Names of the alerts it is for: of the front matter, else of its headings, else of its file. */
  readonly alerts: readonly string[]
  readonly owner: string | null
  /** When it was last tried, as it is written. */
  readonly verified: string | null
  readonly vars: readonly Variable[]
  /** How long it takes, in ms, as its author says. */
  readonly estimate: number | null
  /** When a structured runbook starts, as it is written. */
  readonly trigger: string | null
  readonly blocks: readonly Block[]
  /** What links by reference lead to in all of its blocks. */
  readonly definitions: readonly Definition[]
  readonly sections: readonly Section[]
  /** Empty unless the file has a runbook for each of several alerts. */
  readonly parts: readonly Part[]
  readonly steps: readonly Step[]
  readonly findings: readonly Finding[]
}
