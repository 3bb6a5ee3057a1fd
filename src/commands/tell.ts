import type { GitHub, Host } from '../ports.ts';
import { toAnnotations } from '../report/annotations.ts';
import { line } from '../report/log.ts';
import { toLogGroups } from '../report/log-groups.ts';
import { renderVerdicts } from '../report/log-verdict.ts';
import { toOutputs } from '../report/outputs.ts';
import { type PostRequest, postComment } from '../report/post.ts';
import type { Report } from '../report/report.ts';
import { renderSummary } from '../report/summary.ts';
import type { Redactor } from '../secrecy/redactor.ts';

/**
 * Tells a report everywhere: log, summary, annotations, outputs, and last the comment, which may
 * fail without hiding any of the others. Every text is made safe here.
 */
export async function tell(
  told: Report,
  ports: { readonly host: Host; readonly redactor: Redactor; readonly github: GitHub | undefined },
  comment: Omit<PostRequest, 'report'>,
): Promise<void> {
  const { host, redactor, github } = ports;
  const report = redactor.clean(told);
  const say = (text: string) => host.info(redactor.safe(line(text)));
  for (const group of toLogGroups(report)) {
    host.startGroup(redactor.safe(group.title));
    for (const text of group.lines) host.info(redactor.safe(text));
    host.endGroup();
  }
  for (const text of renderVerdicts(report)) host.info(redactor.safe(text));
  await host.writeSummary(redactor.safe(renderSummary(report)));
  for (const { level, title, message, at } of toAnnotations(report)) {
    host.annotate(level, redactor.safe(message), { title: redactor.safe(title), ...at });
  }
  for (const [name, value] of Object.entries(toOutputs(report))) {
    host.setOutput(name, redactor.safe(value));
  }
  if (!github) return;
  const posted = await postComment({ ...comment, report }, { github, redactor });
  say(posted.type === 'posted' ? `comment: ${posted.url}` : `note: ${posted.why}`);
}
