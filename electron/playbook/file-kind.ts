import type { z } from 'zod'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { Result } from '#shared/domain/result/result.ts'

/** What Deckwatch knows of one kind of playbook file: where such files are and what they say. */
export interface FileKind<Value = unknown> {
  /** Which files, below the playbook folder: see `parsePattern`. */
  readonly pattern: string
  /** What one such file is called in a sentence: `configuration`. */
  readonly noun: string
  /** A larger file is refused unread, bytes. */
  readonly maxBytes: number
  /** So many such files are read; of more there is a problem. Left out: as many as `scanLimits` says. */
  readonly maxFiles?: number
  /**
   * Whether a symbolic link may lead out of the folder. Only for a file that its owner names: what a
   * shared folder brings must not make Deckwatch read anything else on this machine.
   */
  readonly links: 'inside' | 'anywhere'
  /**
   * What becomes of what a file said once it is gone. `drop`: taking the file away is how it is taken
   * back. `keepWith`: it stays in effect with this problem, for it is more likely lost than given up.
   */
  readonly whenGone: 'drop' | { readonly keepWith: string }
  /**
   * True where problems are reported at places in its text beside those that `parse` finds, such as those
   * between files: then a text that says the same at other lines is news.
   */
  readonly isReferredTo?: true
  /** What its files are read by, for editors; left out where they are no YAML. */
  readonly schema?: z.ZodType
  /**
   * Reads a text.
   *
   * @param file the name that problems are reported under.
   * @returns what it says, or every problem with its place, never with a secret's value.
   */
  readonly parse: (text: string, file: string) => Result<Value, readonly ConfigProblem[]>
  /**
   * What can be used of a text that has problems, where no valid version is known: one bad line must
   * not take everything with it. Null when nothing can. Without it nothing is used then.
   *
   * @param file the name that problems are reported under.
   */
  readonly salvage?: (text: string, file: string) => Value | null
}

/** Kinds by name; where two patterns take one file, the first has it. */
export type FileKinds = Readonly<Record<string, FileKind>>

/** What a file of a kind says. */
export type ValueOf<Kind> = Kind extends FileKind<infer Value> ? Value : never
