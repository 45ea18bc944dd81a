package dev.sluice.streams.state;

/** The four tables of one partition. */
public record State(SeenIndex seen, Staging staging, Facts facts, Order order) {
  public static State over(Table seen, Table staging, Table facts, Table order) {
    return new State(new SeenIndex(seen), new Staging(staging), new Facts(facts), new Order(order));
  }
}
