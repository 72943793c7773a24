import { testScenarios } from './scenarios';

testScenarios(1, 4);
