/** Letters behind which a name is called: the usual at sign, and its wide and its small form. */
const AT = /([@＠﹫])(?=[\p{L}\p{N}_!&<])/gu
/** Where an at sign belongs to an address of mail: behind it no chat looks for a name. */
const MAIL = /[\p{L}\p{N}]$/u
/** What some chats call wherever it stands, in the middle of a word too. */
const CALLS_ALL = /^(?:channel|here|everyone|all\b)/i

/**
 * A text from outside that calls nobody when it is pasted into a chat: `@here` becomes `@ here` and
 * `<!channel>` becomes `< !channel>`. A plain blank is put in, which everybody can see. What would
 * show one address and lead to another (`[text](address)`) and what would make code of all that
 * follows (three backticks) is broken in the same way. Addresses of mail stay as they are.
 */
export function withoutPings(text: string): string {
  return text
    .replace(/<(?=\S)/g, '< ')
    .replace(AT, (at, _sign: string, index: number, whole: string) => {
      const isMail = MAIL.test(whole.slice(Math.max(0, index - 2), index))
      return isMail && !CALLS_ALL.test(whole.slice(index + 1)) ? at : `${at} `
    })
    .replace(/\](?=\()/g, '] ')
    .replace(/``(?=`)/g, '`` ')
}
