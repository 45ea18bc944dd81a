package dev.sluice.app.service;

import java.util.Optional;

/** Something that runs until it is closed. */
public interface Service extends AutoCloseable {
  /** Short name for people and for health: gateway, streams, sinks. */
  String name();

  /** Whether it does its work now. */
  boolean isReady();

  /** Why it can never work again, if so: the process then ends. */
  Optional<String> failure();

  /** Finishes what is under way and stops. Called once; must return within some seconds. */
  @Override
  void close();
}
