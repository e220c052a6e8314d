import { loadShellParser } from './electron/runner/shell/parse.ts'
import { bind } from './electron/runner/shell/bind.ts'
import { classify } from './electron/runner/shell/classify.ts'
import { targetOf } from './electron/runner/shell/target.ts'
import { shellPlaceholders } from './shared/domain/runbook/placeholders.ts'
const p = await loadShellParser()
for (const t of process.argv.slice(2)) {
 const {placeholders}=shellPlaceholders(t)
 const r=bind({run:t,placeholders},new Map(placeholders.map(x=>[x.name,'v.1'])),p)
 if(!r.ok){console.log(t,'=> REFUSED',r.error.placeholder?.name,r.error.reason);continue}
 const q=p(r.value.script)
 const c = q.ok? classify(q.value,p,{checked:r.value.checked}):null
 console.log(t,'=>',r.value.script,JSON.stringify(r.value.environment),'|',r.value.shown,'|',c?.risk,q.ok?targetOf(q.value).words:'',JSON.stringify(q.ok?targetOf(q.value).missingPins:0))
}
