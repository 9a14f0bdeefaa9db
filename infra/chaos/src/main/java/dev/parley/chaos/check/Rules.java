package dev.parley.chaos.check;

/// The rules that look at several devices, and what they share.
record Rules(
    LogBook book,
    Findings findings,
    Counts counts,
    Acknowledgements acknowledgements,
    Sightings sightings,
    Pages pages,
    SenderOrder senderOrder,
    Delivery delivery,
    Origins origins,
    Refusals refusals) {

  static Rules of(LogBook book, Findings findings, Counts counts) {
    return new Rules(
        book,
        findings,
        counts,
        new Acknowledgements(book, findings, counts),
        new Sightings(findings),
        new Pages(findings),
        new SenderOrder(book, findings),
        new Delivery(book, findings),
        new Origins(book, findings),
        new Refusals(book, findings));
  }
}
