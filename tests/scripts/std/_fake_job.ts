/** A job for the tests of what runs jobs: it does what its arguments say, in their order. */
import { stopSignals } from "../../../scripts/std/stop_signals.ts";

for (const argument of Deno.args) {
  const [what, value = ""] = argument.split(/=(.*)/);
  if (what === "say") console.log(value);
  if (what === "fail") {
    console.error(value);
    Deno.exit(3);
  }
  if (what === "throw") throw new Error(value);
  if (what === "interrupt") Deno.kill(Deno.pid, "SIGINT");
  if (what === "wait") await new Promise((resolve) => setTimeout(resolve, Number(value)));
  if (what === "listen") {
    using stop = stopSignals();
    const stopped = new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
    const timer = setInterval(() => {}, 1000); // A signal alone keeps no process alive.
    console.log("listening");
    await stopped;
    clearInterval(timer);
    console.log("stopped");
  }
}
