/** Reads the codes on a learner's screen with the camera, where the browser can, and puts their text into the form. */
class CollectCodes extends HTMLElement {
  async connectedCallback() {
    const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.()) || [];
    if (!formats.includes("qr_code") || !navigator.mediaDevices) return;
    this.detector = new BarcodeDetector({ formats: ["qr_code"] });
    this.hidden = false;
    [this.button, this.video, this.said] = ["button", "video", "[role=status]"].map((part) => this.querySelector(part));
    this.button.addEventListener("click", () => this.start().catch(() => (this.said.textContent = this.dataset.noCamera)));
  }

  async start() {
    this.video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    this.video.hidden = false;
    await this.video.play();
    this.parts = {};
    const text = await this.readAll();
    for (const track of this.video.srcObject.getTracks()) track.stop();
    this.video.hidden = true;
    const field = document.querySelector("[name=text]");
    field.value = text;
    this.said.textContent = this.dataset.ready;
    field.form.querySelector("button").focus();
  }

  async readAll() {
    for (;;) {
      for (const { rawValue } of await this.detector.detect(this.video)) {
        const text = this.take(rawValue);
        if (text) return text;
      }
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  /** The whole text once every part of one bundle was seen; parts of another phone do not mix in. */
  take(value) {
    const [ours, which, part, all, text] = value.split(" ");
    if (ours !== "STEPIN" || !text) return null;
    const parts = (this.parts[which] ??= {});
    parts[part] = text;
    const read = Object.keys(parts).length;
    this.said.textContent = this.dataset.part.replace("{n}", read).replace("{all}", all);
    return read < Number(all) ? null : Array.from({ length: read }, (_, place) => parts[place + 1]).join("");
  }
}

customElements.define("collect-codes", CollectCodes);
