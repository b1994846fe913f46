/** The component that Streamlit calls, again for every change of its data. */
import { see, watchHistory } from "./history.js";
import { Stage } from "./stage.js";

const instances = new WeakMap(); // Streamlit's element -> its Stage

watchHistory();

/** `call` numbers the component's calls: one overtaken by the `latest` must change nothing, nor clean up after it. */
export default function mount(component, call, latest) {
  const { parentElement, data } = component;
  let stage = instances.get(parentElement);
  if (stage && call < stage.call) return undefined;
  if (!stage) instances.set(parentElement, (stage = new Stage(component)));
  Object.assign(stage, { component, call });
  see();
  stage.receive(data);
  return () => {
    if (call !== latest()) return;
    stage.destroy();
    instances.delete(parentElement);
  };
}
