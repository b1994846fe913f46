// node threads_of_node.mjs: each line of stdin is the path of a module, which runs in a thread of its own and posts one message;
// a line of stdout is that message in JSON, as `answer`, or the `error` that came instead. A thread takes half of the time that a
// Node of its own takes.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";

const run = async (path) => {
  const thread = new Worker(path, { stdout: true });
  const ended = once(thread, "exit").then(() => ({ error: "it ended without an answer" }));
  const answered = once(thread, "message").then(([answer]) => ({ answer }));
  try {
    return await Promise.race([answered, ended]); // either fails if the thread does
  } catch (error) {
    return { error: error.stack ?? String(error) };
  } finally {
    await thread.terminate();
  }
};

for await (const path of createInterface({ input: process.stdin })) console.log(JSON.stringify(await run(path)));
