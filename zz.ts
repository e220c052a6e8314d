import { loadShellParser } from './electron/runner/shell/parse.ts'
import { classify } from './electron/runner/shell/classify.ts'
const p = await loadShellParser()
for (const t of process.argv.slice(2)) { const r=p(t); console.log(t, '=>', r.ok? (c=>c.risk+' | '+c.reasons.map(x=>x.risk+': '+x.why).join(' ; ')+(c.needsTerminal?' T:'+c.needsTerminal:'')+(c.neverEnds?' E:'+c.neverEnds:''))(classify(r.value,p)) : r.error.message) }
