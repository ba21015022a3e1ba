/**
 * Records one text: record, listen, keep or throw away. Without it, or without a microphone, a file can be sent.
 * The words and buttons come from the page's template "recorder".
 */
const BITS_PER_SECOND = 24_000; // speech; 20 seconds are 60 KB
const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const canRecord = Boolean(window.MediaRecorder && navigator.mediaDevices);
const template = document.getElementById("recorder");

let running; // one microphone, one recorder

class VoiceRecorder extends HTMLElement {
  connectedCallback() {
    if (!canRecord) return;
    this.append(template.content.cloneNode(true));
    this.addEventListener("click", ({ target }) => this[target.closest("[data-do]")?.dataset.do]?.());
    this.show("idle");
  }

  disconnectedCallback() {
    if (running === this) this.stop();
  }

  show(state, problem = "") {
    this.state = state;
    for (const part of this.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
    for (const part of this.querySelectorAll("[data-problem]")) part.hidden = part.dataset.problem !== problem;
  }

  async record() {
    running?.stop();
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    } catch (error) {
      this.show("idle", error.name === "NotFoundError" ? "missing" : "refused");
      return;
    }
    const pieces = [];
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.recorder = new MediaRecorder(this.stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
    this.recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    this.recorder.addEventListener("stop", () => this.heard(new Blob(pieces, { type: this.recorder.mimeType })));
    running = this;
    this.recorder.start();
    this.show("recording");
    this.querySelector("[data-do=stop]").focus();
    this.watch();
  }

  /** Shows seconds and loudness, and ends before it is longer than may be kept. */
  watch() {
    const [time, meter] = [this.querySelector("[data-time]"), this.querySelector("meter")];
    const sound = new AudioContext();
    const analyser = sound.createAnalyser();
    sound.createMediaStreamSource(this.stream).connect(analyser);
    const levels = new Uint8Array(analyser.fftSize);
    const begun = performance.now();
    const look = () => {
      const seconds = Math.floor((performance.now() - begun) / 1000);
      if (seconds >= this.dataset.mostSeconds - 1) this.stop();
      if (this.state !== "recording") return void sound.close();
      time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      analyser.getByteTimeDomainData(levels);
      meter.value = Math.max(...levels.map((level) => Math.abs(level - 128))) / 128;
      setTimeout(look, 100);
    };
    look();
  }

  stop() {
    if (running === this) running = undefined;
    if (this.recorder?.state === "recording") this.recorder.stop();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
  }

  heard(blob) {
    this.blob = blob;
    const audio = this.querySelector("audio");
    audio.src = URL.createObjectURL(blob);
    this.show("heard");
    this.querySelector("[data-do=keep]").focus();
  }

  discard() {
    URL.revokeObjectURL(this.querySelector("audio").src);
    this.blob = undefined;
    this.show("idle");
    this.querySelector("[data-do=record]").focus();
  }

  async keep() {
    const form = this.closest("form");
    const fields = new FormData(form);
    fields.set("sound", this.blob, "voice");
    this.show("sending");
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const before = this.closest("article");
      const after = page.getElementById(before.id);
      if (answer.status >= 500 || !after) throw new Error(answer.status);
      this.blob = undefined;
      after.prepend(...page.querySelectorAll(".messages"));
      before.replaceWith(after);
      after.focus();
    } catch {
      this.show("heard", "unsent");
    }
  }
}

document.documentElement.classList.toggle("can-record", canRecord);
customElements.define("voice-recorder", VoiceRecorder);
addEventListener("beforeunload", (event) => {
  const isUnsaved = [...document.querySelectorAll("voice-recorder")].some((one) => one.blob || one === running);
  if (isUnsaved) event.preventDefault();
});
